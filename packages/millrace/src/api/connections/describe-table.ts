// From a connection to the descriptor of its table: options, key, attachment converted for the schema.

import { MillraceError } from '../../types/errors.ts'
import type { Schema } from '../../types/schema.ts'
import { Secret } from '../../types/secret.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import { fromUserRow, toUserRow } from '../../types/user-value.ts'
import type { Row, RowKindCode } from '../../types/value.ts'
import { UnknownColumnError } from '../../plan/expression-errors.ts'
import type { AppContext } from '../app-context.ts'
import type { ConnectorSpec, UserRows } from './connector-spec.ts'
import { registerWith } from './connector-spec.ts'
import type { UserCallback } from './connectors.ts'
import { PushChannel } from './push.ts'

/** A column of the primary key may be NULL. */
export class NullableKeyError extends MillraceError {
  constructor(facts: { readonly table: string; readonly column: string }) {
    super(
      'MR_PLAN_INVALID',
      `Primary key column "${facts.column}" of table "${facts.table}" is nullable.`,
      { remedy: 'Declare the column without .nullable().' },
    )
  }
}

export interface TableFacts {
  readonly name: string
  readonly spec: ConnectorSpec
  readonly schema: Schema
  readonly primaryKey: readonly string[]
}

/** The descriptor of a table; what the connection brings along is registered with the app. */
export function describeTable(app: AppContext, facts: TableFacts): TableDescriptor {
  const { name, spec, schema } = facts
  registerWith(app.connectors, spec)
  const attachment = convertAttachment(spec.attachment, schema)
  const secrets = Object.entries(spec.options).filter(isSecret)
  return Object.freeze({
    name,
    schema,
    metadata: new Map(
      Object.entries(spec.metadata ?? {}).map(([column, key]) => [
        columnIndex(name, schema, column),
        key,
      ]),
    ),
    primaryKey: facts.primaryKey.map(column => keyIndex(name, schema, column)),
    connector: spec.connector,
    options: new Map([
      ['connector', spec.connector] as const,
      ...Object.entries(spec.options).map(([option, value]) => [option, String(value)] as const),
    ]),
    ...(secrets.length === 0 ? {} : { secrets: new Map(secrets) }),
    ...(attachment === undefined ? {} : { attachment }),
  })
}

/** The table as it is written: without metadata that its connector only reads. */
export function writtenTable(app: AppContext, table: TableDescriptor): TableDescriptor {
  const known = app.connectors.sinks.get(table.connector)?.metadata
  const kept = [...table.schema.keys()].filter(i => {
    const key = table.metadata.get(i)
    return key === undefined || known === undefined || known.has(key)
  })
  if (kept.length === table.schema.length) return table
  const { metadata, schema, primaryKey } = table
  return Object.freeze({
    ...table,
    schema: kept.map(i => schema[i] as Schema[number]),
    metadata: new Map(
      [...metadata].flatMap(([i, key]) => (kept.includes(i) ? [[kept.indexOf(i), key]] : [])),
    ),
    primaryKey: primaryKey.map(i => kept.indexOf(i)),
  })
}

const isSecret = (option: [string, string | Secret]): option is [string, Secret] =>
  option[1] instanceof Secret

function columnIndex(table: string, schema: Schema, column: string): number {
  const index = schema.findIndex(c => c.name === column)
  if (index >= 0) return index
  throw new UnknownColumnError({ column, available: schema.map(c => c.name), table })
}

function keyIndex(table: string, schema: Schema, column: string): number {
  const index = columnIndex(table, schema, column)
  if (schema[index]?.type.nullable) throw new NullableKeyError({ table, column })
  return index
}

function convertAttachment(attachment: unknown, schema: Schema): unknown {
  if (attachment instanceof PushChannel) {
    attachment.toRow = fromUserRow(schema)
    return attachment
  }
  const kind = (attachment as { readonly kind?: unknown } | undefined)?.kind
  if (kind === 'user-rows') return { rows: (attachment as UserRows).rows.map(fromUserRow(schema)) }
  if (kind === 'user-callback') {
    const { onChange } = attachment as UserCallback
    const toUser = toUserRow(schema)
    return { onChange: (code: RowKindCode, row: Row) => onChange({ kind: code, row: toUser(row) }) }
  }
  return attachment
}
