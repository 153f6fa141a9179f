// The formats of a table's records: of whole records, or of values and keys apart.

import type { OptionSchema } from '../types/options.ts'
import type { Column, Schema } from '../types/schema.ts'
import { revealedOption, type TableDescriptor } from '../types/table-descriptor.ts'
import { InvalidOptionError, MissingOptionError } from './option-errors.ts'
import { recordColumns } from './shared-columns.ts'

/**
 * What the keys of a connector's records are: columns that `key.fields` names, or the primary key; a record without a value then
 * deletes the row of its key.
 */
export type RecordKeys = 'named' | 'primary'

/** Options of tables whose records have keys. */
export const KEYED_RECORD_OPTIONS: OptionSchema = [
  { name: 'value.format', type: 'string', description: 'How values are written; as `format`.' },
  { name: 'key.format', type: 'string', description: 'How keys are written: json, csv, raw …' },
  {
    name: 'key.fields',
    type: 'string',
    description: 'The columns of the keys, with semicolons between them.',
  },
  {
    name: 'key.fields-prefix',
    type: 'string',
    default: '',
    description: 'What names of key columns begin with in the table, and not in the records.',
  },
  {
    name: 'value.fields-include',
    type: 'enum',
    values: ['ALL', 'EXCEPT_KEY'],
    default: 'ALL',
    description: 'Whether key columns are in the values, too.',
  },
]

/** A format as a table uses it. */
export interface FormatUse {
  /** The option that names it: `format`, `value.format`, `key.format`. */
  readonly option: string
  readonly name: string
  /** What its own options begin with: `json.`, `value.json.`, `key.json.`. */
  readonly prefix: string
  /** Positions in the table's schema of the columns that are in it. */
  readonly columns: readonly number[]
  /** Those, by the names that they have in records. */
  readonly schema: Schema
}

export interface RecordFormats {
  readonly value: FormatUse
  readonly key?: FormatUse
}

/**
 * The formats that a table names; undefined when it names none. Options are not checked beyond that.
 *
 * @throws {InvalidOptionError | MissingOptionError} where key and value do not fit the table's columns
 */
export function recordFormatsOf(
  table: TableDescriptor,
  keys: RecordKeys | undefined,
): RecordFormats | undefined {
  const { options } = table
  const own = keys && options.get('value.format')
  const name = own ?? options.get('format')
  if (name === undefined) return undefined
  const all = recordColumns(table)
  if (!keys) return { value: use(table, 'format', name, '', all) }
  const keyColumns = keyColumnsOf(table, keys)
  const key =
    keyColumns && use(table, 'key.format', options.get('key.format') ?? '', 'key.', keyColumns)
  const option = own === undefined ? 'format' : 'value.format'
  const columns = valueColumns(table, keyColumns ?? [], all)
  return {
    value: use(table, option, name, own === undefined ? '' : 'value.', columns),
    ...(key && { key }),
  }
}

/** A format's own options: those of the table behind its prefix, without that; secrets are revealed, for it may have to connect. */
export function optionsOfFormat(
  table: Pick<TableDescriptor, 'options' | 'secrets'>,
  { prefix }: Pick<FormatUse, 'prefix'>,
): ReadonlyMap<string, string> {
  return new Map(
    [...table.options.keys()].flatMap(name =>
      name.startsWith(prefix)
        ? [[name.slice(prefix.length), revealedOption(table, name) as string]]
        : [],
    ),
  )
}

function use(
  table: TableDescriptor,
  option: string,
  name: string,
  prefix: string,
  columns: readonly number[],
): FormatUse {
  const dropped = prefix === 'key.' ? (table.options.get('key.fields-prefix') ?? '').length : 0
  const schema = columns.map(i => {
    const column = table.schema[i] as Column
    return dropped > 0 ? { ...column, name: column.name.slice(dropped) } : column
  })
  return { option, name, prefix: `${prefix}${name}.`, columns, schema }
}

/** Positions of the columns in keys; undefined when records are written without, and keys are not read. */
function keyColumnsOf(table: TableDescriptor, keys: RecordKeys): readonly number[] | undefined {
  const { options, name, schema } = table
  const format = options.get('key.format')
  if (keys === 'primary') {
    if (format === undefined)
      throw missing(name, 'key.format', 'how keys are written, such as json.')
    if (table.primaryKey.length === 0)
      throw new MissingOptionError({
        table: name,
        option: 'PRIMARY KEY',
        description: 'PRIMARY KEY (…) NOT ENFORCED names the columns of the records’ keys.',
      })
    return table.primaryKey
  }
  const fields = options.get('key.fields')
  if (format === undefined && fields === undefined) return undefined
  if (format === undefined) throw missing(name, 'key.format', 'how keys are written, such as json.')
  if (fields === undefined)
    throw missing(name, 'key.fields', 'the columns of the keys, with semicolons between them.')
  const prefix = options.get('key.fields-prefix') ?? ''
  const inRecords = recordColumns(table)
  return fields.split(';').map(field => {
    const index = inRecords.find(i => schema[i]?.name === field.trim())
    if (index === undefined)
      throw invalid(table, 'key.fields', `columns of the table, and "${field.trim()}" is none`)
    if (!field.trim().startsWith(prefix))
      throw invalid(table, 'key.fields-prefix', `what all columns of key.fields begin with`)
    return index
  })
}

function valueColumns(
  table: TableDescriptor,
  keyColumns: readonly number[],
  all: readonly number[],
): readonly number[] {
  const { options } = table
  if (options.get('value.fields-include')?.toUpperCase() === 'EXCEPT_KEY')
    return all.filter(i => !keyColumns.includes(i))
  if (options.get('key.fields-prefix'))
    throw invalid(
      table,
      'key.fields-prefix',
      `a prefix only with 'value.fields-include' = 'EXCEPT_KEY': the columns would be in values, too`,
    )
  return all
}

const missing = (table: string, option: string, description: string): MissingOptionError =>
  new MissingOptionError({ table, option, description })

function invalid(table: TableDescriptor, option: string, expected: string): InvalidOptionError {
  const value = table.options.get(option) ?? ''
  return new InvalidOptionError({ table: table.name, option, value, expected })
}
