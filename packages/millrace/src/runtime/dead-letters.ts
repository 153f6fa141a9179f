// Dead letters: records that could not be processed, kept in the state with place, reason and bytes, to be seen and replayed.

import type { DeltaWriter } from '../state/delta-format.ts'
import { createKeyCodec } from '../state/key-codec.ts'
import type { StateEntry } from '../state/state-backend.ts'
import { createRowCodec } from '../state/value-codec.ts'
import { notNull, types } from '../types/data-type.ts'
import { MAX_WATERMARK, type Row } from '../types/value.ts'
import type { Operator, OperatorStats } from './operator.ts'

export interface DeadLetter {
  /** Counts up from 1 within the program. */
  readonly sequence: number
  /** When it was put aside, epoch ms. */
  readonly atMs: number
  /** Id of the operator or source that could not process it. */
  readonly operator: string
  readonly split: string
  /** The source position before the record, as JSON. */
  readonly position: string
  readonly reason: string
  /** The record as it was read; empty when it was a row between operators. */
  readonly bytes: Uint8Array
  /** The row as text, when there are no bytes. */
  readonly row: string
}

const KEY = createKeyCodec([notNull(types.bigint)])
const VALUE = createRowCodec([
  types.bigint,
  types.string,
  types.string,
  types.string,
  types.string,
  types.bytes,
  types.string,
])

/** How many are held in memory; all are in the state. */
const RECENT = 1000

export class DeadLetters implements Operator {
  readonly id = '$dead-letters'
  readonly deadline = MAX_WATERMARK
  /** All that the program has put aside, over restarts. */
  count = 0
  readonly recent: DeadLetter[] = []
  #fresh: DeadLetter[] = []

  add(letter: Omit<DeadLetter, 'sequence'>): void {
    const numbered = { sequence: ++this.count, ...letter }
    this.#fresh.push(numbered)
    this.#remember(numbered)
  }

  advance(): void {}

  collect(writer: DeltaWriter): void {
    for (const letter of this.#fresh)
      writer.put(0, undefined, KEY, [letter.sequence], VALUE, toRow(letter))
    this.#fresh = []
  }

  restore(entry: StateEntry): void {
    const [sequence] = KEY.read(entry.key) as [number]
    this.count = Math.max(this.count, sequence)
    this.#remember(fromRow(sequence, VALUE.decode(entry.value) as Row))
  }

  restored(): void {
    this.recent.sort((a, b) => a.sequence - b.sequence)
  }

  stats(): OperatorStats {
    return {
      id: this.id,
      recordsIn: this.count,
      recordsOut: 0,
      late: 0,
      expired: 0,
      stateEntries: this.count,
      stateBytes: 0,
    }
  }

  #remember(letter: DeadLetter): void {
    this.recent.push(letter)
    if (this.recent.length > RECENT) this.recent.shift()
  }
}

const toRow = (l: DeadLetter): Row => [
  l.atMs,
  l.operator,
  l.split,
  l.position,
  l.reason,
  l.bytes,
  l.row,
]

function fromRow(sequence: number, row: Row): DeadLetter {
  const [atMs, operator, split, position, reason, bytes, text] = row as [
    number,
    string,
    string,
    string,
    string,
    Uint8Array,
    string,
  ]
  return { sequence, atMs, operator, split, position, reason, bytes, row: text }
}
