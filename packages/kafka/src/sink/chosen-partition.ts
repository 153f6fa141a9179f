// Partitions that a column or a function of the program chooses, record by record.

import {
  importExport,
  InvalidOptionError,
  type Row,
  type TableDescriptor,
  toUserRow,
} from 'millrace'
import { PartitionError, PartitionerFailedError } from '../kafka-errors.ts'
import type { CustomPartitioner, Partitioning } from '../options/partitioner-options.ts'
import type { RecordPart } from '../records/batch-writer.ts'
import { partitionOf } from '../records/partitioner.ts'

/** The partition of a record; undefined: as its key says. @throws {PartitionError} */
export type ChoosePartition = (row: Row, key: RecordPart, value: RecordPart) => number | undefined

export interface ChoiceContext {
  readonly table: TableDescriptor
  readonly topic: string
  readonly partitions: number
  /** Where paths of modules start. */
  readonly baseFolder: string
}

/** What chooses partitions of a table; undefined: only the policy for keys. @throws {InvalidOptionError} without the function */
export async function partitionChooser(
  partitioning: Partitioning,
  context: ChoiceContext,
): Promise<ChoosePartition | undefined> {
  switch (partitioning.kind) {
    case 'policy':
      return undefined
    case 'column':
      return byColumn(partitioning.column, partitioning.isHashed, context)
    case 'custom': {
      const { by } = partitioning
      return byFunction(typeof by === 'function' ? by : await load(by, context), context)
    }
  }
}

function byColumn(
  column: number,
  isHashed: boolean,
  { table, topic, partitions }: ChoiceContext,
): ChoosePartition {
  if (isHashed)
    return row => {
      const value = row[column]
      if (value === null || value === undefined) return undefined
      const bytes = value instanceof Uint8Array ? value : encoder.encode(String(value))
      return partitionOf(bytes, bytes.length, partitions)
    }
  const by = `column "${table.schema[column]?.name}"`
  return row => {
    const chosen = row[column]
    if (chosen === null || chosen === undefined) return undefined
    return checked(chosen, { topic, partitions, by })
  }
}

function byFunction(
  choose: CustomPartitioner,
  { table, topic, partitions }: ChoiceContext,
): ChoosePartition {
  const toUser = toUserRow(table.schema)
  const by = `the partitioner of table "${table.name}"`
  return (row, key, value) => {
    const user = toUser(row) as Readonly<Record<string, unknown>>
    const chosen = called(() => choose({ row: user, key, value, topic }, partitions), by)
    return chosen === undefined ? undefined : checked(chosen, { topic, partitions, by })
  }
}

function called<T>(call: () => T, by: string): T {
  try {
    return call()
  } catch (cause) {
    throw new PartitionerFailedError({ by, cause })
  }
}

function checked(
  chosen: unknown,
  facts: { readonly topic: string; readonly partitions: number; readonly by: string },
): number {
  if (Number.isInteger(chosen) && (chosen as number) >= 0 && (chosen as number) < facts.partitions)
    return chosen as number
  throw new PartitionError({ ...facts, chosen })
}

async function load(
  text: string,
  { table, baseFolder }: ChoiceContext,
): Promise<CustomPartitioner> {
  const found = await importExport(text, baseFolder)
  const value = 'value' in found ? found.value : undefined
  if (typeof value === 'function') return value as CustomPartitioner
  const problem = 'problem' in found ? found.problem : `is no function, but ${typeof value}`
  throw new InvalidOptionError({
    table: table.name,
    option: 'sink.partitioner',
    value: text,
    expected: `a function of a module, such as './module.ts#name'; this ${problem}`,
  })
}

const encoder = new TextEncoder()
