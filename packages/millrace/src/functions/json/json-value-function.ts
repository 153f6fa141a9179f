// `JSON_VALUE(json, path [, returning, onEmpty, emptyDefault, onError, errorDefault])`.
// `returning` ('STRING', 'BOOLEAN', 'INTEGER', 'DOUBLE'), `onEmpty` and `onError` ('NULL', 'ERROR', 'DEFAULT') are constants; a
// default that is not used is a NULL literal. Arguments from the end may be left out.

import { type DataType, isCharacter, types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { evaluatePath, raise } from './json-context.ts'
import { isContainer, type JsonNode, JsonNumber, scalarText } from './json-value.ts'

type Behavior = 'NULL' | 'ERROR' | 'DEFAULT'

const RETURNING: Readonly<Record<string, DataType>> = {
  STRING: types.string,
  VARCHAR: types.string,
  CHAR: types.string,
  BOOLEAN: types.boolean,
  INT: types.int,
  INTEGER: types.int,
  BIGINT: types.bigint,
  DOUBLE: types.double,
}

export const jsonValue: ScalarFunction = {
  kind: 'scalar',
  name: 'JSON_VALUE',
  docs: {
    group: 'json',
    summary:
      'The scalar at a path, as a STRING unless RETURNING says otherwise; NULL without one unless a default is given.',
    examples: [[`JSON_VALUE('{"a": 1.50}', '$.a')`, "'1.50'"]],
  },
  resolve(args) {
    const [text, path, returning, onEmpty, emptyDefault, onError, errorDefault] = args
    if (!text || !path || args.length > 7) return problem('needs a JSON text and a path')
    for (const { type } of [text, path]) {
      if (!isCharacter(type) && type.kind !== 'null') return problem('needs STRINGs')
    }
    const name = String(returning?.constant?.value ?? 'STRING').toUpperCase()
    const type = RETURNING[name]
    if (type === undefined)
      return problem(`cannot return ${name}: take STRING, BOOLEAN, INTEGER or DOUBLE`)
    const whenEmpty = (onEmpty?.constant?.value ?? 'NULL') as Behavior
    const whenError = (onError?.constant?.value ?? 'NULL') as Behavior
    return {
      parameters: [
        types.string,
        types.string,
        ...(returning ? [types.string] : []),
        ...(onEmpty ? [types.string] : []),
        ...(emptyDefault ? [type] : []),
        ...(onError ? [types.string] : []),
        ...(errorDefault ? [type] : []),
      ],
      returns: type,
      nulls: 'own',
      mayReturnNull: true,
      evaluate: (
        json: string | null,
        pathText: string | null,
        _returning?: string,
        _onEmpty?: string,
        ifEmpty: Value = null,
        _onError?: string,
        ifError: Value = null,
      ) => {
        if (json === null || pathText === null) return null
        const { mode, value, error } = evaluatePath(json, pathText)
        const fallBack = (behavior: Behavior, reason: string, given: Value): Value => {
          if (behavior === 'ERROR') raise('JSON_VALUE', reason)
          return behavior === 'DEFAULT' ? given : null
        }
        if (error !== undefined) return fallBack(whenError, error, ifError)
        if (value === undefined || (value !== null && mode === 'lax' && isContainer(value))) {
          return fallBack(whenEmpty, 'the path gives no scalar', ifEmpty)
        }
        if (value === null) {
          return mode === 'lax' ? fallBack(whenEmpty, 'the value is null', ifEmpty) : null
        }
        if (isContainer(value)) return fallBack(whenError, 'the value is no scalar', ifError)
        const converted = convert(value, type)
        return converted === undefined
          ? fallBack(whenError, `the value is no ${name}`, ifError)
          : converted
      },
    }
  },
}

/** A scalar as a value of the type; `undefined` when it is none. */
function convert(node: JsonNode, type: DataType): Value | undefined {
  if (type.kind === 'varchar') return scalarText(node)
  if (type.kind === 'boolean') {
    if (typeof node === 'boolean') return node
    return node === 'true' ? true : node === 'false' ? false : undefined
  }
  if (!(node instanceof JsonNumber) && typeof node !== 'string') return undefined
  const text = scalarText(node).trim()
  const number = text === '' ? Number.NaN : Number(text)
  if (Number.isNaN(number)) return undefined
  if (type.kind === 'double') return number
  const whole = Math.trunc(number) + 0
  const limit = type.kind === 'int' ? 2 ** 31 : Number.MAX_SAFE_INTEGER + 1
  return whole >= -limit && whole < limit ? whole : undefined
}
