// `JSON_QUOTE`, `JSON_UNQUOTE`, `JSON_LENGTH`, `JSON`.

import { types } from '../../types/data-type.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { simpleFunction } from '../scalar-function.ts'
import { evaluatePath } from './json-context.ts'
import { JsonSyntaxError, parseJson, writeJson } from './json-value.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

export const jsonQuote = simpleFunction({
  name: 'JSON_QUOTE',
  group: 'json',
  summary: 'The text as a JSON string, in quotes and in ASCII.',
  examples: [["JSON_QUOTE('a\"b')", `'"a\\"b"'`]],
  takes: ['text'],
  returns: types.string,
  evaluate: (text: string) => {
    let quoted = '"'
    for (let i = 0; i < text.length; i++) {
      const c = text.charAt(i)
      const code = text.charCodeAt(i)
      const isPlain = code < 128
      quoted += ESCAPES[c] ?? (isPlain ? c : `\\u${code.toString(16).padStart(4, '0')}`)
    }
    return `${quoted}"`
  },
})

export const jsonUnquote = simpleFunction({
  name: 'JSON_UNQUOTE',
  group: 'json',
  summary: 'The text of a JSON string, its escapes resolved; any other text as it is.',
  examples: [[`JSON_UNQUOTE('"a"')`, "'a'"]],
  takes: ['text'],
  returns: types.string,
  evaluate: (text: string) => {
    try {
      const value = parseJson(text)
      return typeof value === 'string' && text.endsWith('"') ? value : text
    } catch (error) {
      if (error instanceof JsonSyntaxError) return text
      throw error
    }
  },
})

export const jsonLength = simpleFunction({
  name: 'JSON_LENGTH',
  group: 'json',
  summary:
    'The number of elements or members of the JSON value (at a path); 1 of a scalar; NULL when there is none.',
  examples: [["JSON_LENGTH('[1, 2]')", '2']],
  takes: ['text', 'text'],
  optional: 1,
  returns: types.int,
  mayReturnNull: true,
  evaluate: (text: string, path = '$') => {
    const { value } = evaluatePath(text, path)
    if (value === undefined) return null
    return Array.isArray(value) ? value.length : value instanceof Map ? value.size : 1
  },
})

/** The value of JSON text, for JSON_OBJECT and JSON_ARRAY. */
export const json = simpleFunction({
  name: 'JSON',
  group: 'json',
  summary: 'Marks a text as JSON, so that JSON_OBJECT and JSON_ARRAY take it in as it is.',
  takes: ['text'],
  returns: types.string,
  mayReturnNull: true,
  evaluate: (text: string) => {
    if (text.trim() === '') return null
    try {
      return writeJson(parseJson(text))
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error
      throw new EvaluationError(`JSON: ${error.message}`, 'Test the text with IS JSON first.')
    }
  },
})
