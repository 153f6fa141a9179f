// Dead letters, and the contract of systems that keep them beside a program's output.

import type { RuntimePorts } from '../types/ports.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import type { EpochTransaction } from './epoch-transaction.ts'
import type { SinkWriter } from './sink.ts'

/** The option, of a table and of the program, that names where letters go. */
export const LETTER_TOPIC = 'dead-letter.topic'

/** Where a record of a log stands, and all of it as it was read. */
export interface RecordOrigin {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  /** The record's time, epoch ms. */
  readonly timestamp: number
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  /** In the record's order; names may repeat. */
  readonly headers: readonly (readonly [name: string, value: Uint8Array | null])[]
}

/** A record that could not be processed, with all that is known of why. */
export interface DeadLetter {
  /** Counts up from 1 within the program. */
  readonly sequence: number
  /** When it was put aside, epoch ms. */
  readonly atMs: number
  /** The epoch that it belongs to. */
  readonly epoch: number
  /** Id of the operator or source that could not process it. */
  readonly operator: string
  /** What people know that by: of a source its table. */
  readonly operatorName: string
  readonly split: string
  /** Where the record lies in its split, as people read it. */
  readonly position: string
  /** Of the error, such as MR_DATA_MALFORMED. */
  readonly code: string
  readonly reason: string
  /** Of what a function has thrown; empty where nothing was. */
  readonly stack: string
  /** The record as it was read; empty when it was a row between operators. */
  readonly bytes: Uint8Array
  /** The row as text, when there are no bytes. */
  readonly row: string
  /** Of a record of a log. */
  readonly origin?: RecordOrigin | undefined
}

/** A sink of letters: as other sinks, it writes with the epoch. */
export interface LetterWriter extends Omit<SinkWriter, 'write' | 'read'> {
  write(letter: DeadLetter): void
}

export interface LetterContext {
  /** Whose connection it uses. */
  readonly table: TableDescriptor
  readonly topic: string
  readonly ports: RuntimePorts
  readonly program: string
  /** That of the program's other sinks: letters must hold when it does. */
  readonly transaction: EpochTransaction | undefined
}
