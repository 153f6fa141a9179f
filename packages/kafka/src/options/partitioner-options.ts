// Which partition a record is written to, as tables say it.

import {
  InvalidOptionError,
  listNames,
  MissingOptionError,
  type OptionSchema,
  type TableDescriptor,
} from 'millrace'
import { attachmentOf } from '../api/attachment.ts'

const POLICIES = ['default', 'fixed', 'round-robin'] as const
const BY_COLUMN = ['column', 'column-hash'] as const
/** How a table of TypeScript with a function prints; SQL names a module instead. */
export const ATTACHED = 'custom'

/** Where records go of which nothing else says it. */
export type PartitionPolicy = (typeof POLICIES)[number]

export const PARTITIONER_OPTIONS: OptionSchema = [
  {
    name: 'sink.partitioner',
    type: 'string',
    default: 'default',
    description:
      "default: by the key's hash as Kafka's own clients, else a partition for a batch; fixed: all into one; round-robin; column, column-hash: by sink.partitioner.column; ./module.ts#name: by a function.",
  },
  {
    name: 'sink.partitioner.column',
    type: 'string',
    description:
      'An integer column that holds the partition (column), or one whose text or bytes are hashed as keys are (column-hash).',
  },
]

/** A record as a partitioner sees it. Its bytes are those of the record until the call returns. */
export interface PartitionedRecord {
  /** By column, as programs in TypeScript see values. */
  readonly row: Readonly<Record<string, unknown>>
  readonly key: Uint8Array | undefined
  /** Undefined: a deletion. */
  readonly value: Uint8Array | undefined
  readonly topic: string
}

/**
 * Chooses a record's partition, from 0 to below `partitions`; undefined: as the record's key says. To keep records of a key in order
 * it must give the same for the same key.
 */
export type CustomPartitioner = (
  record: PartitionedRecord,
  partitions: number,
) => number | undefined

export type Partitioning =
  | { readonly kind: 'policy'; readonly policy: PartitionPolicy }
  | { readonly kind: 'column'; readonly column: number; readonly isHashed: boolean }
  /** A function, or the module and export that is one. */
  | { readonly kind: 'custom'; readonly by: CustomPartitioner | string }

const OPTION = 'sink.partitioner'

/** @throws {InvalidOptionError | MissingOptionError} */
export function partitioningOf(table: TableDescriptor): Partitioning {
  const given = table.options.get(OPTION) ?? 'default'
  const name = given.toLowerCase()
  const policy = POLICIES.find(p => p === name)
  if (policy) return { kind: 'policy', policy }
  if (name === 'column' || name === 'column-hash')
    return { kind: 'column', column: columnOf(table, name), isHashed: name === 'column-hash' }
  const { partitioner } = attachmentOf(table)
  if (name === ATTACHED && partitioner) return { kind: 'custom', by: partitioner }
  if (given.includes('#') || /\.[cm]?[jt]s$/.test(given)) return { kind: 'custom', by: given }
  const names = listNames([...POLICIES, ...BY_COLUMN])
  throw invalid(table, OPTION, `one of ${names}, or a function such as './module.ts#name'`)
}

function columnOf(table: TableDescriptor, how: (typeof BY_COLUMN)[number]): number {
  const option = 'sink.partitioner.column'
  const name = table.options.get(option)
  const description = 'the column that says where a record goes.'
  if (name === undefined) throw new MissingOptionError({ table: table.name, option, description })
  const index = table.schema.findIndex(c => c.name === name)
  const column = table.schema[index]
  if (!column) throw invalid(table, option, `one of ${listNames(table.schema.map(c => c.name))}`)
  const { kind } = column.type
  const isInteger = ['tinyint', 'smallint', 'int', 'bigint'].includes(kind)
  const isText = ['char', 'varchar', 'binary', 'varbinary'].includes(kind)
  if (isInteger || (how === 'column-hash' && isText)) return index
  throw invalid(
    table,
    option,
    how === 'column' ? 'a column of integers' : 'a column of integers, text or bytes',
  )
}

function invalid(table: TableDescriptor, option: string, expected: string): InvalidOptionError {
  const value = table.options.get(option) ?? ''
  return new InvalidOptionError({ table: table.name, option, value, expected })
}
