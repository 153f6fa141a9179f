// The values of partition columns as texts in the names of folders, and back.

import { castBinding } from '../../../functions/conversion/cast-binding.ts'
import { isProblem } from '../../../functions/function-definition.ts'
import { type DataType, formatType, types } from '../../../types/data-type.ts'
import { MillraceError } from '../../../types/errors.ts'
import type { Column } from '../../../types/schema.ts'
import { partitionColumns, type TableDescriptor } from '../../../types/table-descriptor.ts'
import type { Value } from '../../../types/value.ts'

/** What stands for NULL, and for the empty text, which could be no folder's name. */
const DEFAULT_NAME = '__DEFAULT_PARTITION__'
export const defaultPartition = ({ options }: TableDescriptor): string =>
  options.get('partition.default-name') ?? DEFAULT_NAME

/** The text of each value, as a CAST makes it, but with `T` between date and time, and small letters of TRUE and FALSE. */
export function partitionWriter(
  table: TableDescriptor,
  timeZone: string,
): (values: readonly Value[]) => readonly string[] {
  const missing = defaultPartition(table)
  const writers = partitionColumns(table).map(column => {
    const cast = conversion(table, column, column.type, types.string, timeZone)
    return (value: Value) => {
      const text = value === null ? '' : (cast(value) as string)
      if (text === '') return missing
      if (column.type.kind === 'boolean') return text.toLowerCase()
      return isTimestamp(column.type) ? text.replace(' ', 'T') : text
    }
  })
  return values => writers.map((write, i) => write(values[i] ?? null))
}

/** The value of each column from the texts of a file's folders. */
export function partitionReader(
  table: TableDescriptor,
  timeZone: string,
): (texts: ReadonlyMap<string, string>, path: string) => readonly Value[] {
  const missing = defaultPartition(table)
  const readers = partitionColumns(table).map(column => {
    const cast = conversion(table, column, types.string, column.type, timeZone)
    return (text: string | undefined, path: string): Value => {
      if (text === undefined) throw misplaced(table, path, `it is in no folder "${column.name}=…"`)
      if (text === missing) return null
      const written = isTimestamp(column.type) ? spaced(text) : text
      try {
        return cast(written)
      } catch (cause) {
        throw misplaced(table, path, `"${text}" is no ${formatType(column.type)}`, cause)
      }
    }
  })
  const names = partitionColumns(table).map(c => c.name)
  return (texts, path) => readers.map((read, i) => read(texts.get(names[i] as string), path))
}

const isTimestamp = ({ kind }: DataType): boolean =>
  kind === 'timestamp' || kind === 'timestamp_ltz'

/** As CAST reads it; seconds that are zero may be left out. */
function spaced(text: string): string {
  const written = text.replace('T', ' ')
  return / \d\d:\d\d$/.test(written) ? `${written}:00` : written
}

function conversion(
  table: TableDescriptor,
  { name, type }: Column,
  from: DataType,
  to: DataType,
  timeZone: string,
): (value: Value) => Value {
  const isFlat = type.kind !== 'binary' && type.kind !== 'varbinary' && !('element' in type)
  const cast = isFlat ? castBinding(from, to, { timeZone }, { safe: false }) : { problem: '' }
  if (isProblem(cast) || !cast.evaluate)
    throw new MillraceError(
      'MR_SQL_UNSUPPORTED',
      `table "${table.name}" cannot be partitioned by "${name}": ${formatType(type)} has no text that could name a folder`,
      { remedy: 'Partition by a text, number, date or time made of it.' },
    )
  const { evaluate } = cast
  return value => (evaluate as (value: Value) => Value)(value)
}

function misplaced(
  { name }: TableDescriptor,
  path: string,
  reason: string,
  cause?: unknown,
): MillraceError {
  return new MillraceError(
    'MR_DATA_MALFORMED',
    `file "${path}" of table ${name} is not in the folder of a partition: ${reason}`,
    {
      domain: 'external',
      cause,
      remedy: 'Move it into folders named by the columns of PARTITIONED BY, or read another path.',
    },
  )
}
