// Which type an operation over several types has: common types (Calcite's "least restrictive") and Flink's decimal results.

import type { DataType, DataTypeOf, RowField } from './data-type.ts'
import {
  isApproximate,
  isBinary,
  isCharacter,
  isExact,
  isInteger,
  isInterval,
  isNumeric,
  isTimestamp,
  types,
  withNullable,
  afterComputation,
  type TimeAttribute,
  withoutAttribute,
} from './data-type.ts'

type DecimalType = DataTypeOf<'decimal'>

const MAX_PRECISION = 38
/** Fraction digits that an adjusted decimal result keeps at least. */
const MIN_ADJUSTED_SCALE = 6
const INTEGER_DIGITS = { tinyint: 3, smallint: 5, int: 10, bigint: 19 } as const
const INTEGER_RANK = { tinyint: 0, smallint: 1, int: 2, bigint: 3 } as const

/** An exact type as the DECIMAL that holds all its values. */
export function asDecimal(type: DataType): DecimalType {
  if (type.kind === 'decimal') return type
  const precision = INTEGER_DIGITS[type.kind as keyof typeof INTEGER_DIGITS]
  return { kind: 'decimal', precision, scale: 0, nullable: type.nullable }
}

function decimal(precision: number, scale: number): DecimalType {
  return { kind: 'decimal', precision, scale, nullable: true }
}

/** Cuts a result to 38 digits: whole digits go first, at least 6 (or all) fraction digits stay. */
function adjusted(precision: number, scale: number): DecimalType {
  if (precision <= MAX_PRECISION) return decimal(precision, scale)
  const whole = precision - scale
  return decimal(
    MAX_PRECISION,
    Math.max(MAX_PRECISION - whole, Math.min(scale, MIN_ADJUSTED_SCALE)),
  )
}

/** The type of `a + b`, `a - b`. */
export function decimalSumType(a: DecimalType, b: DecimalType): DecimalType {
  const scale = Math.max(a.scale, b.scale)
  return adjusted(Math.max(a.precision - a.scale, b.precision - b.scale) + scale + 1, scale)
}

/** The type of `a * b`. */
export function decimalProductType(a: DecimalType, b: DecimalType): DecimalType {
  return adjusted(a.precision + b.precision + 1, a.scale + b.scale)
}

/** The type of `a / b`. */
export function decimalQuotientType(a: DecimalType, b: DecimalType): DecimalType {
  const scale = Math.max(MIN_ADJUSTED_SCALE, a.scale + b.precision + 1)
  return adjusted(a.precision - a.scale + b.scale + scale, scale)
}

/** The type of `a % b`. */
export function decimalRemainderType(a: DecimalType, b: DecimalType): DecimalType {
  const scale = Math.max(a.scale, b.scale)
  return adjusted(Math.min(a.precision - a.scale, b.precision - b.scale) + scale, scale)
}

/** The type of ROUND and TRUNCATE to `digits` decimals. */
export function decimalRoundType(type: DecimalType, digits: number): DecimalType {
  if (digits >= type.scale) return type
  const kept = Math.max(digits, 0)
  return decimal(Math.min(MAX_PRECISION, 1 + type.precision - type.scale + kept), kept)
}

/** The type of SUM. */
export function sumType(type: DataType): DataType {
  return type.kind === 'decimal' ? decimal(MAX_PRECISION, type.scale) : withNullable(type, true)
}

/** The type of AVG. */
export function averageType(type: DataType): DataType {
  return type.kind === 'decimal'
    ? decimal(MAX_PRECISION, Math.max(MIN_ADJUSTED_SCALE, type.scale))
    : withNullable(type, true)
}

/**
 * The type to which all of `list` can be brought (CASE, UNION, VALUES, array elements), or `undefined`.
 *
 * Nullable when one is. As in Calcite, FLOAT and DOUBLE give the first of the two, TIMESTAMP and TIMESTAMP_LTZ too.
 */
export function leastRestrictive(list: readonly DataType[]): DataType | undefined {
  const [first, ...rest] = list
  if (first === undefined) return undefined
  let common: DataType | undefined = first
  for (const type of rest) common = common && commonOf(common, type)
  return common && withNullable(common, list.some(isNullable))
}

const isNullable = (type: DataType): boolean => type.nullable || type.kind === 'null'

function commonOf(a: DataType, b: DataType): DataType | undefined {
  if (b.kind === 'null') return afterComputation(a)
  if (a.kind === 'null') return afterComputation(b)
  if (isNumeric(a) && isNumeric(b)) return commonNumeric(a, b)
  if (isCharacter(a) && isCharacter(b)) return commonSized(a, b, 'char', 'varchar')
  if (isBinary(a) && isBinary(b)) return commonSized(a, b, 'binary', 'varbinary')
  if (isTimestamp(a) && isTimestamp(b)) return commonTimestamp(a, b)
  if (isInterval(a) && a.kind === b.kind) {
    return a.kind === 'interval_day' ? types.intervalDay() : types.intervalYear()
  }
  return commonComposite(a, b)
}

function commonNumeric(a: DataType, b: DataType): DataType {
  if (isApproximate(a)) return b.kind === 'decimal' ? types.double : a
  if (isApproximate(b)) return a.kind === 'decimal' ? types.double : b
  if (isInteger(a) && isInteger(b)) return widerInteger(a, b)
  const left = asDecimal(a)
  const right = asDecimal(b)
  const whole = Math.min(
    Math.max(left.precision - left.scale, right.precision - right.scale),
    MAX_PRECISION,
  )
  const scale = Math.min(Math.max(left.scale, right.scale), MAX_PRECISION - whole)
  return decimal(whole + scale, scale)
}

function widerInteger(a: DataType, b: DataType): DataType {
  const rank = (t: DataType) => INTEGER_RANK[t.kind as keyof typeof INTEGER_RANK]
  return rank(b) > rank(a) ? b : a
}

function commonSized(
  a: DataType,
  b: DataType,
  fixed: 'char' | 'binary',
  varying: 'varchar' | 'varbinary',
): DataType {
  const left = a as DataTypeOf<'char'>
  const right = b as DataTypeOf<'char'>
  const length = Math.max(left.length, right.length)
  const kind =
    a.kind === fixed && b.kind === fixed && left.length === right.length ? fixed : varying
  return { kind, length, nullable: true } as DataType
}

function commonTimestamp(
  a: DataTypeOf<'timestamp' | 'timestamp_ltz'>,
  b: DataTypeOf<'timestamp' | 'timestamp_ltz'>,
): DataType {
  const precision = Math.max(a.precision, b.precision)
  const kept = a.kind === b.kind ? commonAttribute(a.attribute, b.attribute) : undefined
  return { kind: a.kind, precision, nullable: true, ...(kept ? { attribute: kept } : {}) }
}

/** A time attribute survives only where all inputs have it. */
function commonAttribute(
  a: TimeAttribute | undefined,
  b: TimeAttribute | undefined,
): TimeAttribute | undefined {
  if (a === b) return a
  const isFormer = a !== undefined && b !== undefined && a !== 'proctime' && b !== 'proctime'
  return isFormer ? 'former-rowtime' : undefined
}

function commonComposite(a: DataType, b: DataType): DataType | undefined {
  if ((a.kind === 'array' || a.kind === 'multiset') && a.kind === b.kind) {
    const element = leastRestrictive([a.element, b.element])
    return element && { kind: a.kind, element, nullable: true }
  }
  if (a.kind === 'map' && b.kind === 'map') {
    const key = leastRestrictive([a.key, b.key])
    const value = leastRestrictive([a.value, b.value])
    return key && value && { kind: 'map', key, value, nullable: true }
  }
  if (a.kind === 'row' && b.kind === 'row') return commonRow(a, b)
  if (a.kind === 'time' && b.kind === 'time') return types.time(Math.max(a.precision, b.precision))
  if (a.kind === 'raw' && b.kind === 'raw' && a.className !== b.className) return undefined
  return a.kind === b.kind ? a : undefined
}

function commonRow(a: DataTypeOf<'row'>, b: DataTypeOf<'row'>): DataType | undefined {
  if (a.fields.length !== b.fields.length) return undefined
  const fields: RowField[] = []
  for (const [i, field] of a.fields.entries()) {
    const type = leastRestrictive([field.type, (b.fields[i] as RowField).type])
    if (type === undefined) return undefined
    fields.push({ name: field.name, type })
  }
  return types.row(fields)
}

/**
 * The type in which values of the two types are compared by `=`, `<` …, or `undefined` when they cannot be.
 *
 * As in Flink: any two numbers; a string with a temporal value (read as that type); TIMESTAMP with TIMESTAMP_LTZ; never
 * DATE with TIMESTAMP. FLOAT with DOUBLE compares as DOUBLE, whichever is first.
 */
export function comparisonType(a: DataType, b: DataType): DataType | undefined {
  if (isApproximate(a) && isApproximate(b)) return a.kind === b.kind ? a : types.double
  if (isApproximate(a) && isExact(b)) return types.double
  if (isApproximate(b) && isExact(a)) return types.double
  if (isCharacter(a) && isComparableWithText(b)) return b
  if (isCharacter(b) && isComparableWithText(a)) return a
  if (isTimestamp(a) && isTimestamp(b) && a.kind !== b.kind)
    return types.timestampLtz(Math.max(a.precision, b.precision))
  return leastRestrictive([withoutAttribute(a), withoutAttribute(b)])
}

const isComparableWithText = (type: DataType): boolean =>
  type.kind === 'date' || type.kind === 'time' || isTimestamp(type)
