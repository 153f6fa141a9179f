// `PARSE_JSON`, `TRY_PARSE_JSON`: a VARIANT, which is held as compact JSON text with sorted keys.

import type { DataType } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { simpleFunction } from '../scalar-function.ts'
import { formatDouble } from '../conversion/number-text.ts'
import { type JsonNode, JsonNumber, JsonSyntaxError, parseJson, writeJson } from './json-value.ts'

const VARIANT: DataType = { kind: 'raw', className: 'VARIANT', nullable: true }

/** The error when the text is no JSON. */
function variantOf(text: string): string | JsonSyntaxError {
  try {
    return writeJson(withVariantNumbers(parseJson(text)))
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error
    throw error
  }
}

/** What a VARIANT makes of numbers: a DECIMAL where 38 digits hold it without an exponent, else a DOUBLE. */
function withVariantNumbers(node: JsonNode): JsonNode {
  if (Array.isArray(node)) return node.map(withVariantNumbers)
  if (node instanceof Map)
    return new Map([...node].map(([key, value]) => [key, withVariantNumbers(value)]))
  return node instanceof JsonNumber ? new JsonNumber(variantNumber(node)) : node
}

const MAX_DIGITS = 38

function variantNumber({ source }: JsonNumber): string {
  const digits = source.replace(/[-.]/g, '').replace(/^0+(?=\d)/, '')
  if (/[eE]/.test(source) || digits.length > MAX_DIGITS) return formatDouble(Number(source))
  const plain = source.includes('.') ? source.replace(/\.?0+$/, '') : source
  return plain === '-0' ? '0' : plain
}

export const parseJsonFunction = simpleFunction({
  name: 'PARSE_JSON',
  group: 'json',
  summary: 'The VARIANT of a JSON text.',
  examples: [[`PARSE_JSON('{"a": 1}') IS NOT NULL`, 'TRUE']],
  takes: ['text', 'boolean'],
  optional: 1,
  returns: VARIANT,
  evaluate: (text: string) => {
    const variant = variantOf(text)
    if (typeof variant === 'string') return variant
    throw new EvaluationError(
      `PARSE_JSON: ${variant.message}`,
      'Take TRY_PARSE_JSON for NULL instead.',
    )
  },
})

export const tryParseJson = simpleFunction({
  name: 'TRY_PARSE_JSON',
  group: 'json',
  summary: 'The VARIANT of a JSON text; NULL when it is none.',
  examples: [["TRY_PARSE_JSON('bad') IS NULL", 'TRUE']],
  takes: ['text', 'boolean'],
  optional: 1,
  returns: VARIANT,
  mayReturnNull: true,
  evaluate: (text: string) => {
    const variant = variantOf(text)
    return typeof variant === 'string' ? variant : null
  },
})

/** The member of a VARIANT object by name, or the element of an array by index (from 1). */
export function variantItem(variant: string, key: string | number): Value {
  const node = parseJson(variant)
  let found: JsonNode | undefined
  if (Array.isArray(node) && typeof key === 'number') found = node[key - 1]
  if (node instanceof Map && typeof key === 'string') found = node.get(key)
  return found === undefined ? null : writeJson(found)
}
