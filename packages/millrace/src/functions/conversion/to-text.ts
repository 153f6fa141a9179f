// Casts to CHAR and VARCHAR: the value's text, cut to the length and, for CHAR, padded with spaces.

import type { DataType, DataTypeOf } from '../../types/data-type.ts'
import { isCharacter, isInteger, MAX_LENGTH } from '../../types/data-type.ts'
import { formatDecimal } from '../../types/decimal.ts'
import {
  formatDate,
  formatDayInterval,
  formatTimeForCast,
  formatTimestamp,
  formatYearInterval,
} from '../../types/temporal-text.ts'
import type { Hybrid, Value } from '../../types/value.ts'
import type { SessionInfo } from '../function-definition.ts'
import type { Conversion, FindConversion } from './conversion.ts'
import { identity } from './conversion.ts'
import { formatDouble, formatFloat } from './number-text.ts'
import { localTimestamp } from './to-temporal.ts'

export const toText: FindConversion = (from, target, session) => {
  const to = target as DataTypeOf<'char' | 'varchar'>
  if (isCharacter(from)) return resize(from as DataTypeOf<'char' | 'varchar'>, to)
  const text = textOf(from, session)
  if (text === undefined) return undefined
  if (to.length === MAX_LENGTH) return { convert: text.convert, ...emitOf(text) }
  const fit = fitter(to)
  const convert = text.convert as (value: unknown) => string
  return { convert: (value: unknown) => fit(convert(value)) } as Conversion
}

function emitOf(text: Conversion): Pick<Conversion, 'emit'> {
  return text.emit ? { emit: text.emit } : {}
}

function resize(
  from: DataTypeOf<'char' | 'varchar'>,
  to: DataTypeOf<'char' | 'varchar'>,
): Conversion {
  if (to.kind === 'varchar' && from.length <= to.length) return identity
  if (to.kind === 'char' && from.kind === 'char' && from.length === to.length) return identity
  return { convert: fitter(to) }
}

/** Cuts, and pads for CHAR; lengths count code points. */
function fitter(to: DataTypeOf<'char' | 'varchar'>): (text: string) => string {
  const { length } = to
  const pads = to.kind === 'char'
  return text => {
    // No more units than `length` means no more code points either.
    if (text.length <= length && !pads) return text
    const points = [...text]
    if (points.length > length) return points.slice(0, length).join('')
    return pads ? text + ' '.repeat(length - points.length) : text
  }
}

/** The text of any type's values. */
function textOf(from: DataType, session: SessionInfo): Conversion | undefined {
  if (isInteger(from))
    return { convert: (v: Hybrid) => String(v), emit: (_, [v = '']) => `\`\${${v}}\`` }
  switch (from.kind) {
    case 'boolean':
      return {
        convert: (v: boolean) => (v ? 'TRUE' : 'FALSE'),
        emit: (_, [v = '']) => `(${v} ? 'TRUE' : 'FALSE')`,
      }
    case 'float':
      return { convert: formatFloat }
    case 'double':
      return { convert: formatDouble }
    case 'decimal':
      return { convert: (v: Hybrid) => formatDecimal(v, from.scale) }
    case 'char':
    case 'varchar':
      return identity
    case 'binary':
    case 'varbinary':
      return { convert: (v: Uint8Array) => decoder.decode(v) }
    case 'date':
      return { convert: formatDate }
    case 'time':
      return { convert: (v: number) => formatTimeForCast(v, from.precision) }
    case 'timestamp':
      return { convert: (v: Hybrid) => formatTimestamp(v, from.precision) }
    case 'timestamp_ltz': {
      const { precision } = from
      return {
        convert: (v: Hybrid) =>
          formatTimestamp(localTimestamp(v, precision, session.timeZone), precision),
      }
    }
    case 'interval_day':
      return { convert: formatDayInterval }
    case 'interval_year':
      return { convert: formatYearInterval }
    default:
      return compositeText(from, session)
  }
}

const decoder = new TextDecoder()

/** `[a, b]`, `{k=v}`, `(a, b)`, NULL for a NULL within. */
function compositeText(from: DataType, session: SessionInfo): Conversion | undefined {
  if (from.kind === 'array') {
    const element = itemText(from.element, session)
    return element && { convert: (v: readonly Value[]) => `[${v.map(element).join(', ')}]` }
  }
  if (from.kind === 'map' || from.kind === 'multiset') {
    const key = itemText(from.kind === 'map' ? from.key : from.element, session)
    const value = from.kind === 'map' ? itemText(from.value, session) : String
    if (key === undefined || value === undefined) return undefined
    return {
      convert: (v: ReadonlyMap<Value, Value>) =>
        `{${[...v].map(([k, x]) => `${key(k)}=${value(x)}`).join(', ')}}`,
    }
  }
  if (from.kind !== 'row') return undefined
  const fields: ((value: Value) => string)[] = []
  for (const field of from.fields) {
    const text = itemText(field.type, session)
    if (text === undefined) return undefined
    fields.push(text)
  }
  return {
    convert: (v: readonly Value[]) =>
      `(${fields.map((text, i) => text(v[i] as Value)).join(', ')})`,
  }
}

function itemText(type: DataType, session: SessionInfo): ((value: Value) => string) | undefined {
  const text = textOf(type, session)?.convert as ((value: Value) => string) | undefined
  return text && (value => (value === null ? 'NULL' : text(value)))
}
