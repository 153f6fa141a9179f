// How one Avro value becomes one of SQL, as an expression of code; the promotions are those of the specification.

import { type DataType, type Hybrid, canonicalInteger } from 'millrace'
import type { AvroType } from './avro-schema.ts'

type Scalar = Exclude<AvroType, { kind: 'record' | 'array' | 'map' | 'union' | 'null' }>

/**
 * Undefined where there is no way from one to the other. An enum and its name are strings; times and timestamps are in the unit of
 * the writer, or of the column where the writer tells none.
 *
 * @param symbols gives the code of a table of texts
 */
export function scalarReading(
  schema: AvroType,
  type: DataType,
  symbols: (table: readonly string[]) => string,
): string | undefined {
  const scalar = schema as Scalar
  switch (type.kind) {
    case 'boolean':
      return scalar.kind === 'boolean' ? 'c.boolean()' : undefined
    case 'tinyint':
      return scalar.kind === 'int' ? 'c.int() << 24 >> 24' : undefined
    case 'smallint':
      return scalar.kind === 'int' ? 'c.int() << 16 >> 16' : undefined
    case 'int':
      return scalar.kind === 'int' ? 'c.int()' : undefined
    case 'bigint':
      if (scalar.kind === 'int') return 'c.int()'
      return scalar.kind === 'long' ? 'c.long()' : undefined
    case 'float':
      if (scalar.kind === 'float') return 'c.float()'
      if (scalar.kind === 'int') return 'Math.fround(c.int())'
      return scalar.kind === 'long' ? 'Math.fround(Number(c.long()))' : undefined
    case 'double':
      if (scalar.kind === 'double' || scalar.kind === 'float') return `c.${scalar.kind}()`
      if (scalar.kind === 'int') return 'c.int()'
      return scalar.kind === 'long' ? 'Number(c.long())' : undefined
    case 'char':
    case 'varchar':
      if (scalar.kind === 'string' || scalar.kind === 'bytes') return 'c.string()'
      return scalar.kind === 'enum'
        ? `(${symbols(scalar.symbols)}[c.int()] ?? c.fail('an enum names a symbol that it does not have'))`
        : undefined
    case 'binary':
    case 'varbinary':
      if (scalar.kind === 'fixed') return `c.fixed(${scalar.size})`
      return scalar.kind === 'bytes' || scalar.kind === 'string' ? 'c.bytes()' : undefined
    case 'decimal':
      return decimalReading(scalar, type.precision, type.scale)
    case 'date':
      return scalar.kind === 'int' ? 'c.int()' : undefined
    case 'time':
      if (scalar.kind === 'int') return 'c.int()'
      return scalar.kind === 'long' ? 'Math.floor(Number(c.long()) / 1000)' : undefined
    case 'timestamp':
    case 'timestamp_ltz':
      return scalar.kind === 'long' ? timestampReading(scalar, type.precision) : undefined
    default:
      return undefined
  }
}

function decimalReading(scalar: Scalar, precision: number, scale: number): string | undefined {
  if (scalar.kind !== 'bytes' && scalar.kind !== 'fixed') return undefined
  const from = scalar.logical?.kind === 'decimal' ? scalar.logical.scale : scale
  return `c.decimal(${scalar.kind === 'fixed' ? scalar.size : -1}, ${from}, ${precision}, ${scale})`
}

/** Digits of a second in which values of a precision are kept. */
const digitsOf = (precision: number): 3 | 6 | 9 => (precision <= 3 ? 3 : precision <= 6 ? 6 : 9)

function timestampReading(scalar: Scalar & { kind: 'long' }, precision: number): string {
  const to = digitsOf(precision)
  const from = scalar.logical?.kind === 'timestamp' ? scalar.logical.digits : to
  if (from === to) return to === 9 ? 'c.long()' : 'Number(c.long())'
  const factor = 10 ** Math.abs(to - from)
  if (to === 9) return `c.scaled(${factor})`
  if (to > from) return `Number(c.long()) * ${factor}`
  return from === 9 ? `c.divided(${factor})` : `Math.floor(Number(c.long()) / ${factor})`
}

/** An integer times a factor. */
export function timesFactor(value: Hybrid, factor: number): Hybrid {
  const product = typeof value === 'number' ? value * factor : Number.NaN
  return Number.isSafeInteger(product) ? product : canonicalInteger(BigInt(value) * BigInt(factor))
}

/** The same divided, towards the past. */
export function floorDivided(value: Hybrid, factor: number): number {
  if (typeof value === 'number') return Math.floor(value / factor)
  const by = BigInt(factor)
  const quotient = value / by
  return Number(value < 0n && quotient * by !== value ? quotient - 1n : quotient)
}
