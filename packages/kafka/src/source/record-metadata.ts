// What a table's METADATA columns can name of Kafka's records, by Flink's names.

import {
  type DataType,
  metadataCast,
  notNull,
  type TableDescriptor,
  types,
  type Value,
} from 'millrace'
import type { TopicPartition } from '../client/cluster.ts'
import { readHeaders } from '../records/read-headers.ts'
import type { RecordFrames } from '../records/record-frames.ts'

type RecordReader = (frames: RecordFrames, bytes: Uint8Array, index: number) => Value

interface RecordMetadata {
  readonly type: DataType
  readonly read: RecordReader
}

/** Of each record. */
const OF_RECORDS: ReadonlyMap<string, RecordMetadata> = new Map<string, RecordMetadata>([
  ['offset', { type: notNull(types.bigint), read: (f, _, i) => f.offsets[i] as number }],
  [
    'timestamp',
    { type: notNull(types.timestampLtz(3)), read: (f, _, i) => f.timestamps[i] as number },
  ],
  [
    'timestamp-type',
    {
      type: notNull(types.string),
      read: (f, _, i) => (f.timestampTypes[i] === 1 ? 'LogAppendTime' : 'CreateTime'),
    },
  ],
  ['leader-epoch', { type: types.int, read: (f, _, i) => f.leaderEpochs[i] as number }],
  [
    'headers',
    {
      type: notNull(types.map(notNull(types.string), types.bytes)),
      read: (f, bytes, i) => readHeaders(bytes, f.headerStarts[i] as number),
    },
  ],
  [
    'key',
    {
      type: types.bytes,
      read: (f, bytes, i) =>
        (f.keyStarts[i] as number) < 0 ? null : bytes.slice(f.keyStarts[i], f.keyEnds[i]),
    },
  ],
])

/** Of a partition. */
const OF_PARTITIONS: ReadonlyMap<
  string,
  { readonly type: DataType; readonly of: (place: TopicPartition) => Value }
> = new Map([
  ['topic', { type: notNull(types.string), of: (p: TopicPartition) => p.topic }],
  ['partition', { type: notNull(types.int), of: (p: TopicPartition) => p.partition }],
])

export const RECORD_METADATA: ReadonlySet<string> = new Set(OF_RECORDS.keys())
export const KAFKA_METADATA: ReadonlySet<string> = new Set([
  ...OF_RECORDS.keys(),
  ...OF_PARTITIONS.keys(),
])

/** By column: what reads its metadata of a record, as the column's type. @throws where the types do not fit */
export function recordReaders(
  table: TableDescriptor,
  timeZone: string,
): ReadonlyMap<number, RecordReader> {
  const readers = new Map<number, RecordReader>()
  for (const [column, key] of table.metadata) {
    const known = OF_RECORDS.get(key)
    if (!known) continue
    const cast = metadataCast(table, column, known.type, timeZone)
    const { read } = known
    readers.set(column, (frames, bytes, index) => cast(read(frames, bytes, index)))
  }
  return readers
}

/** What gives the values that a partition's records share, by the columns' positions. */
export function partitionValues(
  table: TableDescriptor,
  timeZone: string,
): (place: TopicPartition) => Value[] {
  const known = [...table.metadata].flatMap(([column, key]) => {
    const { type, of } = OF_PARTITIONS.get(key) ?? {}
    return type && of ? [{ column, of, cast: metadataCast(table, column, type, timeZone) }] : []
  })
  return place => {
    const values: Value[] = table.schema.map(() => null)
    for (const { column, of, cast } of known) values[column] = cast(of(place))
    return values
  }
}
