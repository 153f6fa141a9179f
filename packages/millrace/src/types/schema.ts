// A schema: ordered, named, typed columns.

import type { DataType, DataTypeOf, RowField } from './data-type.ts'
import { formatType } from './data-type.ts'

export interface Column {
  readonly name: string
  readonly type: DataType
}

/** Ordered columns; names are case-sensitive and may repeat only in results, never in tables. */
export type Schema = readonly Column[]

/** The schema as a ROW type, NOT NULL. */
export function rowTypeOf(schema: Schema): DataTypeOf<'row'> {
  const fields: RowField[] = schema.map((c) => ({ name: c.name, type: c.type }))
  return { kind: 'row', fields, nullable: false }
}

/** `name TYPE, name TYPE`, as plans print it. */
export function formatSchema(schema: Schema): string {
  return schema.map((c) => `${c.name} ${formatType(c.type)}`).join(', ')
}
