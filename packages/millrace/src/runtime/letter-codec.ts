// Dead letters as entries of state.

import type { DeadLetter, RecordOrigin } from '../connector/dead-letter.ts'
import type { DeltaWriter } from '../state/delta-format.ts'
import { createKeyCodec } from '../state/key-codec.ts'
import type { StateEntry } from '../state/state-backend.ts'
import { createRowCodec } from '../state/value-codec.ts'
import { notNull, types } from '../types/data-type.ts'
import type { Row } from '../types/value.ts'

export const LETTER_KEY = createKeyCodec([notNull(types.bigint)])

const OF_LETTER = [
  types.bigint,
  types.bigint,
  types.string,
  types.string,
  types.string,
  types.string,
  types.string,
  types.string,
  types.string,
  types.bytes,
  types.string,
]
/** NULL throughout where the record is none of a log. */
const OF_ORIGIN = [
  types.string,
  types.int,
  types.bigint,
  types.bigint,
  types.bytes,
  types.boolean,
  types.string,
]

export const LETTER_VALUE = createRowCodec([...OF_LETTER, ...OF_ORIGIN])
const COUNT_VALUE = createRowCodec([types.bigint])

export function encodeCount(writer: DeltaWriter, table: number, count: number): void {
  writer.put(table, undefined, LETTER_KEY, [0], COUNT_VALUE, [count])
}

export function decodeCount({ value }: StateEntry): number {
  return (COUNT_VALUE.decode(value) as [number])[0]
}

export function rowOf(l: DeadLetter): Row {
  const { origin } = l
  return [
    l.atMs,
    l.epoch,
    l.operator,
    l.operatorName,
    l.split,
    l.position,
    l.code,
    l.reason,
    l.stack,
    l.bytes,
    l.row,
    ...(origin ? originRow(origin) : OF_ORIGIN.map(() => null)),
  ]
}

export function letterOf({ key, value }: StateEntry): DeadLetter {
  const [sequence] = LETTER_KEY.read(key) as [number]
  const row = LETTER_VALUE.decode(value) as Row
  const [atMs, epoch, operator, operatorName, split, position, code, reason, stack, bytes, text] =
    row as [
      number,
      number,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      Uint8Array,
      string,
    ]
  return {
    sequence,
    atMs,
    epoch,
    operator,
    operatorName,
    split,
    position,
    code,
    reason,
    stack,
    bytes,
    row: text,
    origin: originOf(row.slice(OF_LETTER.length), bytes),
  }
}

/** The value is the letter's bytes. */
function originRow({
  topic,
  partition,
  offset,
  timestamp,
  key,
  value,
  headers,
}: RecordOrigin): Row {
  const texts = headers.map(([name, v]) => [name, v && Buffer.from(v).toString('base64')])
  return [topic, partition, offset, timestamp, key, value !== null, JSON.stringify(texts)]
}

function originOf(row: Row, bytes: Uint8Array): RecordOrigin | undefined {
  if (row[0] === null) return undefined
  const [topic, partition, offset, timestamp, key, hasValue, headers] = row as [
    string,
    number,
    number,
    number,
    Uint8Array | null,
    boolean,
    string,
  ]
  const texts = JSON.parse(headers) as [string, string | null][]
  return {
    topic,
    partition,
    offset,
    timestamp,
    key,
    value: hasValue ? bytes : null,
    headers: texts.map(([name, v]) => [
      name,
      v === null ? null : new Uint8Array(Buffer.from(v, 'base64')),
    ]),
  }
}
