// Columns whose values are not in a table's records, but of where these are: partitions, metadata.

import type { Schema } from '../types/schema.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'

type Columns = Pick<TableDescriptor, 'metadata' | 'partitionedBy'>

/** Whether the column's value is shared by all records of a split, or of a file that is written. */
export const isShared = ({ metadata, partitionedBy }: Columns, index: number): boolean =>
  metadata.has(index) || (partitionedBy?.includes(index) ?? false)

/** The positions of the columns that are in the records, which formats know alone. */
export const recordColumns = (table: Columns & { readonly schema: Schema }): readonly number[] =>
  table.schema.flatMap((_, i) => (isShared(table, i) ? [] : [i]))
