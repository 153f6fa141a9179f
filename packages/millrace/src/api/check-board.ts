// Holds a board against the program's sinks: each tile's table and columns must be there.

import { type Board, columnsOfTile } from '../connector/board.ts'
import type { SinkNode } from '../plan/node.ts'
import { MillraceError } from '../types/errors.ts'
import { listNames, proposal } from '../types/unknown-name.ts'

/** A tile names a table or a column that is not there. */
export class BoardError extends MillraceError {
  constructor(facts: {
    readonly tile: string
    readonly what: 'table' | 'column'
    readonly name: string
    readonly known: readonly string[]
  }) {
    const { tile, what, name, known } = facts
    super(
      'MR_PLAN_INVALID',
      `The board's tile ${JSON.stringify(tile)} reads the ${what} ${JSON.stringify(name)}, which is not there.${proposal(name, known)}`,
      {
        remedy:
          what === 'table'
            ? `A tile reads a table that the program writes, such as into(live('${name}')). It writes: ${listNames(known) || 'none'}.`
            : `Its table has ${listNames(known)}.`,
      },
    )
  }
}

/** @throws {BoardError} `MR_PLAN_INVALID` */
export function checkBoard(board: Board, sinks: readonly SinkNode[]): void {
  for (const tile of board.tiles) {
    const sink = sinks.find(s => s.table.name === tile.table)
    if (!sink) {
      const known = sinks.map(s => s.table.name)
      throw new BoardError({ tile: tile.title, what: 'table', name: tile.table, known })
    }
    const known = sink.table.schema.map(c => c.name)
    for (const name of columnsOfTile(tile))
      if (!known.includes(name))
        throw new BoardError({ tile: tile.title, what: 'column', name, known })
  }
}
