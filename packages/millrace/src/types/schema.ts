// A schema: ordered, named, typed columns.

import type { DataType } from './data-type.ts'
import { formatType } from './data-type.ts'

export interface Column {
  readonly name: string
  readonly type: DataType
}

/** Ordered columns; names are case-sensitive and may repeat only in results, never in tables. */
export type Schema = readonly Column[]

/** `name TYPE, name TYPE`, as plans print it. */
export function formatSchema(schema: Schema): string {
  return schema.map(c => `${c.name} ${formatType(c.type)}`).join(', ')
}
