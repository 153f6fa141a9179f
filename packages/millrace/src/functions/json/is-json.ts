// `IS [NOT] JSON [VALUE | ARRAY | OBJECT | SCALAR]`: never NULL.

import { notNull, types } from '../../types/data-type.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { simpleFunction } from '../scalar-function.ts'
import { isContainer, type JsonNode, JsonSyntaxError, parseJson } from './json-value.ts'

const KINDS: readonly (readonly [
  suffix: string,
  what: string,
  test: (node: JsonNode) => boolean,
])[] = [
  ['', 'JSON', () => true],
  [' VALUE', 'JSON', () => true],
  [' ARRAY', 'a JSON array', Array.isArray],
  [' OBJECT', 'a JSON object', node => node instanceof Map],
  [' SCALAR', 'a JSON scalar', node => !isContainer(node)],
]

export const isJsonFunctions: readonly ScalarFunction[] = KINDS.flatMap(([suffix, what, test]) => [
  isJson(`IS JSON${suffix}`, `Whether the text is ${what}.`, test, true),
  isJson(`IS NOT JSON${suffix}`, `Whether the text is not ${what}.`, test, false),
])

function isJson(
  name: string,
  summary: string,
  test: (node: JsonNode) => boolean,
  wanted: boolean,
): ScalarFunction {
  return simpleFunction({
    name,
    group: 'json',
    summary,
    examples: [[`'[]' ${name}`, String(wanted === test([])).toUpperCase()]],
    takes: ['text'],
    nulls: 'own',
    neverNull: true,
    returns: notNull(types.boolean),
    evaluate: (text: string | null) => (text !== null && testText(text, test)) === wanted,
  })
}

function testText(text: string, test: (node: JsonNode) => boolean): boolean {
  try {
    return test(parseJson(text))
  } catch (error) {
    if (error instanceof JsonSyntaxError) return false
    throw error
  }
}
