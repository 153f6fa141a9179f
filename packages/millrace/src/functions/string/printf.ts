// `PRINTF`: Java's String.format.

import { type DataType, types } from '../../types/data-type.ts'
import { formatDecimal } from '../../types/decimal.ts'
import type { Hybrid, Value } from '../../types/value.ts'
import { simpleFunction } from '../scalar-function.ts'

const CONVERSION = /%(?:(\d+)\$)?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])|%/g

interface Conversion {
  readonly flags: string
  readonly width: number
  readonly digits: number | undefined
  readonly letter: string
}

export const printf = simpleFunction({
  name: 'PRINTF',
  group: 'string',
  summary:
    "The format with its conversions (%s, %d, %.2f, %x …) filled in, as Java's String.format does; NULL when it cannot be.",
  examples: [["PRINTF('%d-%s', 7, 'a')", "'7-a'"]],
  takes: ['text', 'any'],
  optional: 1,
  variadic: true,
  nulls: 'own',
  returns: types.string,
  mayReturnNull: true,
  prepare:
    ([, ...rest]) =>
    (format: string | null, ...values: Value[]) =>
      format === null
        ? null
        : formatAll(
            format,
            values,
            rest.map(a => a.type),
          ),
})

function formatAll(
  format: string,
  values: readonly Value[],
  argTypes: readonly DataType[],
): string | null {
  let next = 0
  let failed = false
  const result = format.replace(CONVERSION, (_, index, flags, width, digits, letter) => {
    if (letter === undefined) failed = true
    if (letter === 'n') return '\n'
    const conversion = {
      flags: flags ?? '',
      width: Number(width ?? 0),
      digits: numberOf(digits),
      letter,
    }
    if (letter === '%') return pad('%', conversion)
    const at = index === undefined ? next++ : Number(index) - 1
    const type = argTypes[at]
    const text = type && convert(values[at] as Value, type, conversion)
    if (text === undefined) failed = true
    return text ?? ''
  })
  return failed ? null : result
}

const numberOf = (digits: string | undefined) => (digits === undefined ? undefined : Number(digits))

function pad(text: string, { flags, width }: Conversion): string {
  return flags.includes('-') ? text.padEnd(width) : text.padStart(width)
}

/** `undefined` when Java would throw. */
function convert(value: Value, type: DataType, conversion: Conversion): string | undefined {
  const { letter, digits } = conversion
  const cased = (text: string) =>
    pad(letter === letter.toUpperCase() ? text.toUpperCase() : text, conversion)
  switch (letter.toLowerCase()) {
    case 's':
      return cased(display(value, type).slice(0, digits))
    case 'b':
      return cased(String(typeof value === 'boolean' ? value : value !== null).slice(0, digits))
    case 'c':
      if (value === null) return cased('null')
      return typeof value === 'number' ? cased(String.fromCodePoint(value)) : undefined
    case 'd':
    case 'x':
    case 'o':
      if (value === null) return cased('null')
      if (!isInteger(type)) return undefined
      return integer(value as Hybrid, type, conversion)
    case 'f':
    case 'e':
      if (value === null) return cased('null')
      // A DECIMAL reaches Java's format as a type of Flink's, which it does not know.
      if (
        isInteger(type) ||
        type.kind === 'decimal' ||
        (typeof value !== 'number' && typeof value !== 'bigint')
      )
        return undefined
      return real(Number(value), conversion)
    default:
      return undefined
  }
}

const isInteger = (type: DataType): boolean =>
  type.kind === 'int' ||
  type.kind === 'bigint' ||
  type.kind === 'smallint' ||
  type.kind === 'tinyint'

function display(value: Value, type: DataType): string {
  if (type.kind === 'decimal' && value !== null) return formatDecimal(value as Hybrid, type.scale)
  if ((type.kind === 'double' || type.kind === 'float') && Number.isInteger(value))
    return `${value as number}.0`
  return String(value)
}

const BITS: Readonly<Record<string, number>> = { tinyint: 8, smallint: 16, int: 32, bigint: 64 }

function integer(value: Hybrid, type: DataType, conversion: Conversion): string {
  const { letter, flags } = conversion
  if (letter === 'd') {
    const magnitude = `${value < 0 ? -value : value}`
    return signed(value < 0, flags.includes(',') ? grouped(magnitude) : magnitude, conversion)
  }
  const unsigned = BigInt.asUintN(BITS[type.kind] ?? 64, BigInt(value))
  const text = unsigned.toString(letter.toLowerCase() === 'x' ? 16 : 8)
  const prefixed = flags.includes('#')
    ? `${letter.toLowerCase() === 'x' ? '0x' : '0'}${text}`
    : text
  const cased = letter === 'X' ? prefixed.toUpperCase() : prefixed
  return flags.includes('0') ? cased.padStart(conversion.width, '0') : pad(cased, conversion)
}

function real(number: number, conversion: Conversion): string {
  const { letter, digits = 6, flags } = conversion
  if (!Number.isFinite(number)) return pad(String(number), conversion)
  const magnitude = Math.abs(number)
  const text =
    letter.toLowerCase() === 'e'
      ? magnitude.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2')
      : fixed(magnitude, Math.min(digits, 100))
  const cased = letter === 'E' ? text.toUpperCase() : text
  return signed(number < 0, flags.includes(',') ? grouped(cased) : cased, conversion)
}

/** `toFixed` gives up at 1e21, from where on there are no decimals. */
function fixed(magnitude: number, digits: number): string {
  if (magnitude < 1e21) return magnitude.toFixed(digits)
  return digits === 0 ? `${BigInt(magnitude)}` : `${BigInt(magnitude)}.${'0'.repeat(digits)}`
}

const grouped = (text: string): string => text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')

function signed(negative: boolean, text: string, conversion: Conversion): string {
  const { flags, width } = conversion
  if (negative && flags.includes('(')) return pad(`(${text})`, conversion)
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  return flags.includes('0')
    ? sign + text.padStart(width - sign.length, '0')
    : pad(sign + text, conversion)
}
