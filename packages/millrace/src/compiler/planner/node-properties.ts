// What is known of a physical node's output besides its schema: window columns, and how keys pass through projections.

import type { NamedExpression } from '../../plan/expression.ts'
import type { ExecNode } from '../exec-node.ts'

/** Positions of the columns that hold a row's window. */
export interface WindowColumns {
  readonly start: number
  readonly end: number
  /** -1 when it was dropped. */
  readonly time: number
}

/** The window columns of a node's output, when its rows are in windows. */
export function windowColumns(node: ExecNode): WindowColumns | undefined {
  switch (node.kind) {
    case 'window-assign':
    case 'session-window': {
      const width = node.schema.length
      return { start: width - 3, end: width - 2, time: width - 1 }
    }
    case 'window-aggregate': {
      const find = (kind: string) => node.outputs.findIndex(o => o.kind === kind)
      return keep({
        start: find('window_start'),
        end: find('window_end'),
        time: find('window_time'),
      })
    }
    case 'calc': {
      const input = node.inputs[0]
      const below = input && windowColumns(input)
      if (!below) return undefined
      return keep({
        start: outputOf(node.columns, below.start),
        end: outputOf(node.columns, below.end),
        time: outputOf(node.columns, below.time),
      })
    }
    case 'async-call':
    case 'key-lookup-join':
    case 'window-rank':
    case 'window-join':
    case 'finalize': {
      const input = node.inputs[0]
      return input && windowColumns(input)
    }
    default:
      return undefined
  }
}

const keep = (columns: WindowColumns): WindowColumns | undefined =>
  columns.start < 0 || columns.end < 0 ? undefined : columns

/** Where an input column is found among projected columns; -1: nowhere. */
export function outputOf(columns: readonly NamedExpression[], input: number): number {
  return columns.findIndex(c => c.expression.kind === 'column' && c.expression.index === input)
}

/** Keys of the input in terms of the projected columns; those that lose a column are dropped. */
export function projectKeys(
  keys: readonly (readonly number[])[],
  columns: readonly NamedExpression[],
): readonly (readonly number[])[] {
  return keys.map(key => key.map(i => outputOf(columns, i))).filter(key => !key.includes(-1))
}
