// A dead letter as a record: key, value and headers as they were read, and behind those headers that say what became of it.

import type { DeadLetter, RecordOrigin } from 'millrace'
import type { RecordHeader } from '../records/batch-writer.ts'

/** The first of a letter's own headers: what stands before it came with the record, whatever its name. */
const FIRST = 'millrace.program'
/** Of a record that says of a letter before it, by its offset, that it was replayed. */
const REPLAYED = 'millrace.replayed'

/** Longer texts are cut. */
const LONGEST = { reason: 4 << 10, stack: 16 << 10, row: 64 << 10 }

/** What had to be left out of a letter to fit into the topic. */
export type Omitted = '' | 'value' | 'value, key, headers'

/** A letter found in a topic. */
export interface FoundLetter {
  readonly kind: 'letter'
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly program: string
  readonly letter: DeadLetter
  readonly omitted: Omitted
}

/** Says that a letter of the same partition was replayed. */
export interface ReplayMarker {
  readonly kind: 'marker'
  readonly partition: number
  /** The letter's. */
  readonly offset: number
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const header = (name: string, text: string | number): RecordHeader => [
  encoder.encode(name),
  encoder.encode(String(text)),
]
const cut = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest)}…` : text

/** Those that the record had. */
export function originalHeaders({ headers }: Pick<RecordOrigin, 'headers'>): RecordHeader[] {
  return headers.map(([name, value]) => [encoder.encode(name), value])
}

/** Those of the letter itself. */
export function letterHeaders(
  letter: DeadLetter,
  program: string,
  omitted: Omitted,
): RecordHeader[] {
  const { origin, split, position, stack, row } = letter
  const isRecord = split !== ''
  return [
    header(FIRST, program),
    header('millrace.sequence', letter.sequence),
    header('millrace.epoch', letter.epoch),
    header('millrace.operator', letter.operator),
    header(isRecord ? 'millrace.table' : 'millrace.operator-name', letter.operatorName),
    header('millrace.code', letter.code),
    header('millrace.reason', cut(letter.reason, LONGEST.reason)),
    ...(stack === '' ? [] : [header('millrace.stack', cut(stack, LONGEST.stack))]),
    ...(row === '' ? [] : [header('millrace.row', cut(row, LONGEST.row))]),
    ...(omitted === '' ? [] : [header('millrace.omitted', omitted)]),
    ...(origin
      ? [
          header('millrace.topic', origin.topic),
          header('millrace.partition', origin.partition),
          header('millrace.offset', origin.offset),
          header('millrace.timestamp', origin.timestamp),
        ]
      : isRecord
        ? [header('millrace.split', split), header('millrace.position', position)]
        : []),
  ]
}

export function markerHeaders(offset: number): RecordHeader[] {
  return [header(REPLAYED, offset)]
}

/** What a record of such a topic is; undefined: something of others. */
export function readLetter(record: RecordOrigin): FoundLetter | ReplayMarker | undefined {
  const { headers } = record
  const first = headers.findLastIndex(([name]) => name === FIRST)
  if (first < 0) return markerIn(record)
  const own = new Map(headers.slice(first))
  const text = (name: string): string => decoder.decode(own.get(`millrace.${name}`) ?? undefined)
  const number = (name: string): number => Number(text(name))
  const { partition, offset, topic, timestamp, key, value } = record
  const isOfLog = own.has('millrace.topic')
  const isRecord = own.has('millrace.table')
  const origin = isOfLog
    ? {
        topic: text('topic'),
        partition: number('partition'),
        offset: number('offset'),
        timestamp: number('timestamp'),
        key,
        value,
        headers: headers.slice(0, first),
      }
    : undefined
  return {
    kind: 'letter',
    topic,
    partition,
    offset,
    program: text('program'),
    omitted: text('omitted') as Omitted,
    letter: {
      sequence: number('sequence'),
      atMs: timestamp,
      epoch: number('epoch'),
      operator: text('operator'),
      operatorName: text(isRecord ? 'table' : 'operator-name'),
      split: origin ? `${origin.topic}-${origin.partition}` : text('split'),
      position: origin ? `record ${origin.offset}` : text('position'),
      code: text('code'),
      reason: text('reason'),
      stack: text('stack'),
      bytes: value ?? new Uint8Array(),
      row: text('row'),
      origin,
    },
  }
}

function markerIn({ headers, partition }: RecordOrigin): ReplayMarker | undefined {
  const [only] = headers
  if (headers.length !== 1 || only?.[0] !== REPLAYED || only[1] === null) return undefined
  return { kind: 'marker', partition, offset: Number(decoder.decode(only[1])) }
}
