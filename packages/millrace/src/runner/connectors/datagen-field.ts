// One generated column of `datagen`.

import type { DataType } from '../../types/data-type.ts'
import { formatType } from '../../types/data-type.ts'
import { parseDecimal, pow10 } from '../../types/decimal.ts'
import { tryParseDuration } from '../../types/duration.ts'
import { MillraceError } from '../../types/errors.ts'
import { canonical } from '../../types/integer.ts'
import type { Clock } from '../../types/ports.ts'
import type { Column } from '../../types/schema.ts'
import { fromEpochMs } from '../../types/temporal.ts'
import type { Value } from '../../types/value.ts'

export interface FieldGenerator {
  /** How many rows it can fill; infinite when random. */
  readonly rows: number
  value(seed: number, row: number, column: number): Value
}

/** Draws for one value: a stream of numbers in `[0, 1)` that depends on seed, row and column alone. */
type Draw = () => number

const INTEGER_BITS = { tinyint: 8, smallint: 16, int: 32, bigint: 64 } as const

/** @throws {MillraceError} `MR_OPTION_INVALID` for a type or bounds that cannot be generated */
export function createFieldGenerator(
  { name, type }: Column,
  options: ReadonlyMap<string, string>,
  clock: Clock,
): FieldGenerator {
  const option = (key: string): string | undefined => options.get(`fields.${name}.${key}`)
  if (option('kind') === 'sequence') return sequence(name, type, option)
  const make = randomValue(name, type, option, clock)
  const nullRate = Number(option('null-rate') ?? '0')
  return {
    rows: Number.POSITIVE_INFINITY,
    value(seed, row, column) {
      const draw = createDraw(seed, row, column)
      return nullRate > 0 && draw() < nullRate ? null : make(draw)
    },
  }
}

type Option = (key: string) => string | undefined

function sequence(name: string, type: DataType, option: Option): FieldGenerator {
  const start = option('start')
  const end = option('end')
  if (start === undefined || end === undefined)
    throw new MillraceError('MR_OPTION_MISSING', `the sequence "${name}" lacks a start or an end`, {
      remedy: `Set 'fields.${name}.start' and 'fields.${name}.end'.`,
    })
  const first = wholeNumber(name, 'start', start)
  const last = wholeNumber(name, 'end', end)
  const at = (row: number): bigint => first + BigInt(row)
  const rows = Math.max(0, Number(last - first + 1n))
  switch (type.kind) {
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'timestamp':
    case 'timestamp_ltz':
      return { rows, value: (_, row) => canonical(at(row)) }
    case 'float':
    case 'double':
      return { rows, value: (_, row) => Number(at(row)) }
    case 'decimal':
      return { rows, value: (_, row) => canonical(at(row) * pow10(type.scale)) }
    case 'char':
    case 'varchar':
      return { rows, value: (_, row) => String(at(row)) }
    default:
      throw unsupported(name, type)
  }
}

function randomValue(
  name: string,
  type: DataType,
  option: Option,
  clock: Clock,
): (draw: Draw) => Value {
  switch (type.kind) {
    case 'boolean':
      return draw => draw() < 0.5
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint': {
      const bound = 2n ** BigInt(INTEGER_BITS[type.kind] - 1)
      return integerBetween(
        wholeNumber(name, 'min', option('min') ?? String(-bound)),
        wholeNumber(name, 'max', option('max') ?? String(bound - 1n)),
      )
    }
    case 'decimal': {
      const bound = (key: string, otherwise: bigint): bigint => {
        const text = option(key)
        const value = text === undefined ? otherwise : parseDecimal(text, 76, type.scale)
        if (value === undefined || value === null) throw invalid(name, key, text ?? '')
        return BigInt(value)
      }
      const largest = pow10(type.precision) - 1n
      return integerBetween(bound('min', -largest), bound('max', largest))
    }
    case 'float':
    case 'double': {
      const largest = type.kind === 'float' ? 3.4028234663852886e38 : Number.MAX_VALUE
      const min = finiteNumber(name, 'min', option('min') ?? '0')
      const max = finiteNumber(name, 'max', option('max') ?? String(largest))
      const round = type.kind === 'float' ? Math.fround : (x: number): number => x
      return draw => round(min + draw() * (max - min))
    }
    case 'char':
    case 'varchar': {
      const length = lengthOf(
        option,
        type.kind === 'char' ? type.length : Math.min(100, type.length),
      )
      return draw => {
        let text = ''
        for (let left = length(draw); left > 0; left--) text += HEX[Math.floor(draw() * 16)]
        return text
      }
    }
    case 'binary':
    case 'varbinary': {
      const length = lengthOf(
        option,
        type.kind === 'binary' ? type.length : Math.min(100, type.length),
      )
      return draw => Uint8Array.from({ length: length(draw) }, () => Math.floor(draw() * 256))
    }
    case 'date':
      return () => Math.floor(clock.now() / 86_400_000)
    case 'time':
      return () => clock.now() % 86_400_000
    case 'timestamp':
    case 'timestamp_ltz': {
      const pastMs = tryParseDuration(option('max-past') ?? '0') ?? 0
      return draw => fromEpochMs(Math.floor(clock.now() - draw() * pastMs), type)
    }
    case 'array': {
      const element = randomValue(name, type.element, nested, clock)
      const length = lengthOf(option, 3)
      return draw => Array.from({ length: length(draw) }, () => element(draw))
    }
    case 'map':
    case 'multiset': {
      const key = randomValue(name, type.kind === 'map' ? type.key : type.element, nested, clock)
      const value =
        type.kind === 'map' ? randomValue(name, type.value, nested, clock) : integerBetween(1n, 10n)
      const length = lengthOf(option, 3)
      return draw => new Map(Array.from({ length: length(draw) }, () => [key(draw), value(draw)]))
    }
    case 'row': {
      const fields = type.fields.map(f => randomValue(f.name, f.type, nested, clock))
      return draw => fields.map(f => f(draw))
    }
    default:
      throw unsupported(name, type)
  }
}

/** Values within values take the defaults. */
const nested: Option = () => undefined
const HEX = '0123456789abcdef'

function lengthOf(option: Option, otherwise: number): (draw: Draw) => number {
  const length = Number(option('length') ?? otherwise)
  const varies = option('var-len')?.toLowerCase() === 'true'
  return varies ? draw => 1 + Math.floor(draw() * length) : () => length
}

function integerBetween(min: bigint, max: bigint): (draw: Draw) => Value {
  const span = max - min + 1n
  if (span <= 2n ** 32n) {
    const width = Number(span)
    return draw => canonical(min + BigInt(Math.floor(draw() * width)))
  }
  // Enough 32-bit draws for the span; the remainder's bias is below 2^-32.
  const words = Math.ceil(span.toString(2).length / 32) + 1
  return draw => {
    let bits = 0n
    for (let i = 0; i < words; i++) bits = (bits << 32n) | BigInt(Math.floor(draw() * 2 ** 32))
    return canonical(min + (bits % span))
  }
}

/** SplitMix32 (Steele, Lea, Flood, OOPSLA 2014, at 32 bits) from a mix of seed, row and column. */
function createDraw(seed: number, row: number, column: number): Draw {
  let state =
    (seed ^ mix(row | 0) ^ mix(Math.floor(row / 2 ** 32) + 0x51ed) ^ mix(column + 0x9e37)) | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    return mix(state) / 2 ** 32
  }
}

function mix(x: number): number {
  let z = x | 0
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return (z ^ (z >>> 15)) >>> 0
}

function wholeNumber(name: string, key: string, text: string): bigint {
  if (!/^[+-]?\d+$/.test(text)) throw invalid(name, key, text)
  return BigInt(text)
}

function finiteNumber(name: string, key: string, text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value)) throw invalid(name, key, text)
  return value
}

function invalid(name: string, key: string, value: string): MillraceError {
  return new MillraceError('MR_OPTION_INVALID', `'fields.${name}.${key}' is '${value}'`, {
    remedy: 'It takes a number that fits the column.',
  })
}

function unsupported(name: string, type: DataType): MillraceError {
  return new MillraceError(
    'MR_OPTION_INVALID',
    `datagen cannot make the column "${name}" of type ${formatType(type)}`,
    { remedy: 'Use another type, or random values in place of a sequence.' },
  )
}
