// Constants as SQL literals, for plans.

import type { DataType } from '../types/data-type.ts'
import { formatType } from '../types/data-type.ts'
import { formatDecimal } from '../types/decimal.ts'
import { assertNever } from '../types/errors.ts'
import { formatDate, formatTime, formatTimestamp } from '../types/temporal-text.ts'
import type { Hybrid, Value } from '../types/value.ts'

const DAY_UNITS = [
  ['DAY', 86_400_000],
  ['HOUR', 3_600_000],
  ['MINUTE', 60_000],
  ['SECOND', 1_000],
] as const

/** `'text'`, `1.50`, `TIMESTAMP '2020-01-01 00:00:00.000'`, `INTERVAL '5' MINUTE`: as SQL would write the value. */
export function printLiteral(value: Value, type: DataType): string {
  if (value === null) return 'NULL'
  switch (type.kind) {
    case 'null':
      return 'NULL'
    case 'boolean':
      return value ? 'TRUE' : 'FALSE'
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return `${value as Hybrid}`
    case 'float':
    case 'double':
      return printDouble(value as number)
    case 'decimal':
      return formatDecimal(value as Hybrid, type.scale)
    case 'char':
    case 'varchar':
      return quote(value as string)
    case 'binary':
    case 'varbinary':
      return `X'${[...(value as Uint8Array)].map(b => b.toString(16).padStart(2, '0')).join('')}'`
    case 'date':
      return `DATE '${formatDate(value as number)}'`
    case 'time':
      return `TIME '${formatTime(value as number, type.precision)}'`
    case 'timestamp':
    case 'timestamp_ltz':
      return `${type.kind.toUpperCase()} '${formatTimestamp(value as Hybrid, type.precision)}'`
    case 'interval_day':
      return printDayInterval(value as number)
    case 'interval_year':
      return (value as number) % 12 === 0
        ? `INTERVAL '${(value as number) / 12}' YEAR`
        : `INTERVAL '${value as number}' MONTH`
    case 'array':
      return `ARRAY[${(value as readonly Value[]).map(v => printLiteral(v, type.element)).join(', ')}]`
    case 'map':
      return printMap(value as ReadonlyMap<Value, Value>, type.key, type.value, 'MAP')
    case 'multiset':
      return printMap(
        value as ReadonlyMap<Value, Value>,
        type.element,
        { kind: 'int', nullable: false },
        'MULTISET',
      )
    case 'row':
      return `ROW(${type.fields
        .map((f, i) => printLiteral((value as readonly Value[])[i] ?? null, f.type))
        .join(', ')})`
    case 'raw':
      return formatType(type)
    default:
      return assertNever(type)
  }
}

/** A text in single quotes, those inside doubled. */
export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** With an exponent, which tells a DOUBLE from a DECIMAL. */
function printDouble(value: number): string {
  if (!Number.isFinite(value)) return `CAST('${value}' AS DOUBLE)`
  const text = Object.is(value, -0) ? '-0' : `${value}`.replace('e+', 'E').replace('e', 'E')
  return text.includes('E') ? text : `${text}E0`
}

function printDayInterval(ms: number): string {
  for (const [unit, size] of DAY_UNITS)
    if (ms % size === 0 && ms !== 0) return `INTERVAL '${ms / size}' ${unit}`
  return `INTERVAL '${ms / 1_000}' SECOND`
}

function printMap(
  map: ReadonlyMap<Value, Value>,
  key: DataType,
  value: DataType,
  name: string,
): string {
  const entries = [...map].flatMap(([k, v]) => [printLiteral(k, key), printLiteral(v, value)])
  return `${name}[${entries.join(', ')}]`
}
