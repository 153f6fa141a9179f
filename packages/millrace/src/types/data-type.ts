// The SQL data types: immutable, discriminated by `kind`, NULLability part of the type (as in Flink).

import { assertNever } from './errors.ts'

/**
 * `rowtime`: an event-time attribute (has a watermark). `proctime`: the processing-time attribute. `former-rowtime`: computed from
 * an event-time attribute; still declared as one, as in Flink, but it no longer follows the watermark.
 */
export type TimeAttribute = 'rowtime' | 'proctime' | 'former-rowtime'

export interface RowField {
  readonly name: string
  readonly type: DataType
  readonly description?: string
}

interface Nullable {
  readonly nullable: boolean
}

export type DataType = Nullable &
  (
    | { readonly kind: 'null' }
    | { readonly kind: 'boolean' }
    | { readonly kind: 'tinyint' | 'smallint' | 'int' | 'bigint' }
    | { readonly kind: 'float' | 'double' }
    | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
    | { readonly kind: 'char' | 'varchar'; readonly length: number }
    | { readonly kind: 'binary' | 'varbinary'; readonly length: number }
    | { readonly kind: 'date' }
    | { readonly kind: 'time'; readonly precision: number }
    | {
        readonly kind: 'timestamp' | 'timestamp_ltz'
        readonly precision: number
        readonly attribute?: TimeAttribute
      }
    | { readonly kind: 'interval_day'; readonly unit: string }
    | { readonly kind: 'interval_year'; readonly unit: string }
    | { readonly kind: 'array' | 'multiset'; readonly element: DataType }
    | { readonly kind: 'map'; readonly key: DataType; readonly value: DataType }
    | { readonly kind: 'row'; readonly fields: readonly RowField[] }
    /** A value of TypeScript that SQL only passes through; state holds it as structured-clone bytes. */
    | { readonly kind: 'raw'; readonly className: string }
  )

export type DataTypeKind = DataType['kind']
export type DataTypeOf<K extends DataTypeKind> = DataType & { readonly kind: K }

/** The length of STRING, BYTES: Flink's VARCHAR(2147483647), VARBINARY(2147483647). */
export const MAX_LENGTH = 2147483647

/** Constructors of types; every one is nullable unless `notNull` is applied. */
export const types = {
  null: { kind: 'null', nullable: true },
  boolean: { kind: 'boolean', nullable: true },
  tinyint: { kind: 'tinyint', nullable: true },
  smallint: { kind: 'smallint', nullable: true },
  int: { kind: 'int', nullable: true },
  bigint: { kind: 'bigint', nullable: true },
  float: { kind: 'float', nullable: true },
  double: { kind: 'double', nullable: true },
  string: { kind: 'varchar', length: MAX_LENGTH, nullable: true },
  bytes: { kind: 'varbinary', length: MAX_LENGTH, nullable: true },
  date: { kind: 'date', nullable: true },
  decimal: (precision: number, scale: number): DataType => ({
    kind: 'decimal',
    precision,
    scale,
    nullable: true,
  }),
  char: (length: number): DataType => ({ kind: 'char', length, nullable: true }),
  varchar: (length: number): DataType => ({ kind: 'varchar', length, nullable: true }),
  binary: (length: number): DataType => ({ kind: 'binary', length, nullable: true }),
  varbinary: (length: number): DataType => ({ kind: 'varbinary', length, nullable: true }),
  time: (precision = 0): DataType => ({ kind: 'time', precision, nullable: true }),
  timestamp: (precision = 6): DataType => ({ kind: 'timestamp', precision, nullable: true }),
  timestampLtz: (precision = 6): DataType => ({
    kind: 'timestamp_ltz',
    precision,
    nullable: true,
  }),
  intervalDay: (unit = 'SECOND(3)'): DataType => ({ kind: 'interval_day', unit, nullable: true }),
  intervalYear: (unit = 'MONTH'): DataType => ({ kind: 'interval_year', unit, nullable: true }),
  array: (element: DataType): DataType => ({ kind: 'array', element, nullable: true }),
  multiset: (element: DataType): DataType => ({ kind: 'multiset', element, nullable: true }),
  map: (key: DataType, value: DataType): DataType => ({ kind: 'map', key, value, nullable: true }),
  row: (fields: readonly RowField[]): DataType => ({ kind: 'row', fields, nullable: true }),
} as const satisfies Record<string, DataType | ((...args: never[]) => DataType)>

/** The same type, NOT NULL. */
export function notNull<T extends DataType>(type: T): T {
  return type.nullable ? { ...type, nullable: false } : type
}

/** The same type, with the given nullability. */
export function withNullable<T extends DataType>(type: T, nullable: boolean): T {
  return type.nullable === nullable ? type : { ...type, nullable }
}

/** The same type without its time attribute. */
export function withoutAttribute(type: DataType): DataType {
  if ((type.kind !== 'timestamp' && type.kind !== 'timestamp_ltz') || !type.attribute) return type
  const { attribute: _, ...rest } = type
  return rest
}

/** The type of what is computed from a value of this type: an event-time attribute is a former one from there on. */
export function afterComputation(type: DataType): DataType {
  if (!isTimestamp(type) || type.attribute === undefined) return type
  return type.attribute === 'proctime'
    ? withoutAttribute(type)
    : { ...type, attribute: 'former-rowtime' }
}

/** The same type with all its parts, none of them an event-time attribute: batch mode has no event time. */
export function withoutEventTime(type: DataType): DataType {
  switch (type.kind) {
    case 'timestamp':
    case 'timestamp_ltz':
      return type.attribute === 'proctime' ? type : withoutAttribute(type)
    case 'array':
    case 'multiset':
      return { ...type, element: withoutEventTime(type.element) }
    case 'map':
      return { ...type, key: withoutEventTime(type.key), value: withoutEventTime(type.value) }
    case 'row':
      return {
        ...type,
        fields: type.fields.map(f => ({ ...f, type: withoutEventTime(f.type) })),
      }
    default:
      return type
  }
}

/** The type in Flink's notation, such as `DECIMAL(10, 2) NOT NULL` or `TIMESTAMP(3) *ROWTIME*`. */
export function formatType(type: DataType): string {
  const attribute = isTimestamp(type) ? type.attribute : undefined
  const mark = attribute ? (attribute === 'proctime' ? ' *PROCTIME*' : ' *ROWTIME*') : ''
  return formatRoot(type) + (type.nullable ? '' : ' NOT NULL') + mark
}

function formatRoot(type: DataType): string {
  switch (type.kind) {
    case 'null':
      return 'NULL'
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'float':
    case 'double':
    case 'date':
      return type.kind.toUpperCase()
    case 'decimal':
      return `DECIMAL(${type.precision}, ${type.scale})`
    case 'char':
    case 'binary':
      return `${type.kind.toUpperCase()}(${type.length})`
    case 'varchar':
      return type.length === MAX_LENGTH ? 'STRING' : `VARCHAR(${type.length})`
    case 'varbinary':
      return type.length === MAX_LENGTH ? 'BYTES' : `VARBINARY(${type.length})`
    case 'time':
    case 'timestamp':
    case 'timestamp_ltz':
      return `${type.kind.toUpperCase()}(${type.precision})`
    case 'interval_day':
    case 'interval_year':
      return `INTERVAL ${type.unit}`
    case 'array':
    case 'multiset':
      return `${type.kind.toUpperCase()}<${formatType(type.element)}>`
    case 'map':
      return `MAP<${formatType(type.key)}, ${formatType(type.value)}>`
    case 'row':
      return `ROW<${type.fields
        .map(f => `\`${f.name.replaceAll('`', '``')}\` ${formatType(f.type)}`)
        .join(', ')}>`
    case 'raw':
      return type.className === 'VARIANT' ? 'VARIANT' : `RAW('${type.className}')`
    default:
      return assertNever(type)
  }
}

/** Equality of types; nullability and time attributes count only when asked for. */
export function sameType(a: DataType, b: DataType, compare: { nullable?: boolean } = {}): boolean {
  const norm = (t: DataType) => formatType(compare.nullable ? t : withNullable(t, true))
  return norm(withoutAttribute(a)) === norm(withoutAttribute(b))
}

const NUMERIC = new Set<DataTypeKind>([
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'decimal',
  'float',
  'double',
])

export const isNumeric = (type: DataType): boolean => NUMERIC.has(type.kind)
export const isInteger = (type: DataType): boolean =>
  type.kind === 'tinyint' ||
  type.kind === 'smallint' ||
  type.kind === 'int' ||
  type.kind === 'bigint'
/** Integers and decimals: computed exactly. */
export const isExact = (type: DataType): boolean => isInteger(type) || type.kind === 'decimal'
export const isApproximate = (type: DataType): boolean =>
  type.kind === 'float' || type.kind === 'double'
export const isCharacter = (type: DataType): boolean =>
  type.kind === 'char' || type.kind === 'varchar'
export const isBinary = (type: DataType): boolean =>
  type.kind === 'binary' || type.kind === 'varbinary'
export const isTimestamp = (type: DataType): type is DataTypeOf<'timestamp' | 'timestamp_ltz'> =>
  type.kind === 'timestamp' || type.kind === 'timestamp_ltz'
export const isRowtime = (type: DataType): boolean =>
  isTimestamp(type) && type.attribute === 'rowtime'
export const isProctime = (type: DataType): boolean =>
  isTimestamp(type) && type.attribute === 'proctime'
export const isInterval = (type: DataType): boolean =>
  type.kind === 'interval_day' || type.kind === 'interval_year'
