// What all records of a file share: the values of its partition, and what is known of the file itself.

import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { BigIntStats } from 'node:fs'
import { metadataCast } from '../../../connector/metadata-cast.ts'
import { type DataType, notNull, types } from '../../../types/data-type.ts'
import type { TableDescriptor } from '../../../types/table-descriptor.ts'
import type { Row, Value } from '../../../types/value.ts'
import { partitionReader } from './partition-values.ts'
import { partitionTexts } from './partition-path.ts'

interface FileMetadata {
  readonly type: DataType
  readonly of: (path: string, info: BigIntStats) => Value
}

/** By the keys that METADATA columns name, as in Flink. */
const METADATA: ReadonlyMap<string, FileMetadata> = new Map<string, FileMetadata>([
  ['file.path', { type: notNull(types.string), of: path => path }],
  ['file.name', { type: notNull(types.string), of: path => basename(path) }],
  ['file.size', { type: notNull(types.bigint), of: (_, info) => Number(info.size) }],
  [
    'file.modification-time',
    { type: notNull(types.timestampLtz(3)), of: (_, info) => Number(info.mtimeMs) },
  ],
])
export const FILE_METADATA: ReadonlySet<string> = new Set(METADATA.keys())

/** Reads a file's values by the positions of their columns; undefined when all columns are in the records. */
export function createSplitValues(
  table: TableDescriptor,
  timeZone: string,
): ((path: string) => Promise<Row>) | undefined {
  const { partitionedBy = [], metadata } = table
  if (partitionedBy.length === 0 && metadata.size === 0) return undefined
  const readPartition = partitionReader(table, timeZone)
  const known = [...metadata].map(([index, key]) => ({
    index,
    read: metadataReader(table, index, key, timeZone),
  }))
  return async path => {
    const values: Row = table.schema.map(() => null)
    readPartition(partitionTexts(path), path).forEach((value, i) => {
      values[partitionedBy[i] as number] = value
    })
    if (known.length > 0) {
      const info = await stat(path, { bigint: true })
      for (const { index, read } of known) values[index] = read(path, info)
    }
    return values
  }
}

function metadataReader(
  table: TableDescriptor,
  index: number,
  key: string,
  timeZone: string,
): (path: string, info: BigIntStats) => Value {
  const { type, of } = METADATA.get(key) as FileMetadata
  const cast = metadataCast(table, index, type, timeZone)
  return (path, info) => cast(of(path, info))
}
