// `JSON_EXISTS(json, path [, onError])`; onError is a constant 'TRUE', 'FALSE' (unless given), 'UNKNOWN' or 'ERROR'.

import { types } from '../../types/data-type.ts'
import { simpleFunction } from '../scalar-function.ts'
import { evaluatePath, raise } from './json-context.ts'

export const jsonExists = simpleFunction({
  name: 'JSON_EXISTS',
  group: 'json',
  summary: 'Whether the path leads to a value that is not null.',
  examples: [[`JSON_EXISTS('{"a": 1}', '$.a')`, 'TRUE']],
  takes: ['text', 'text', 'text'],
  optional: 1,
  returns: types.boolean,
  mayReturnNull: true,
  evaluate: (text: string, path: string, onError = 'FALSE') => {
    const { value, error } = evaluatePath(text, path)
    if (error === undefined) return value !== undefined && value !== null
    if (onError === 'ERROR') raise('JSON_EXISTS', error)
    return onError === 'UNKNOWN' ? null : onError === 'TRUE'
  },
})
