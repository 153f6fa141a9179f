// `JSON_QUERY(json, path [, wrapper, onEmpty, onError, returning])`, all but the first two constants: `wrapper` 'WITHOUT' (unless
// given), 'CONDITIONAL' or 'UNCONDITIONAL'; `onEmpty`, `onError` 'NULL' (unless given), 'EMPTY ARRAY', 'EMPTY OBJECT' or 'ERROR';
// `returning` 'STRING' (unless given) or 'ARRAY<STRING>'.

import { isCharacter, types } from '../../types/data-type.ts'
import { problem } from '../binding.ts'
import type { ArgumentInfo, ScalarFunction } from '../function-definition.ts'
import { evaluatePath, raise } from './json-context.ts'
import { isContainer, type JsonNode, scalarText, writeJson } from './json-value.ts'

const constantOf = (arg: ArgumentInfo | undefined, fallback: string): string =>
  String(arg?.constant?.value ?? fallback).toUpperCase()

export const jsonQuery: ScalarFunction = {
  kind: 'scalar',
  name: 'JSON_QUERY',
  docs: {
    group: 'json',
    summary: 'The array or object at a path, as JSON text; NULL without one unless told otherwise.',
    examples: [[`JSON_QUERY('{"a": [1, 2 , 3]}', '$.a')`, "'[1,2,3]'"]],
  },
  resolve(args) {
    const [text, path, wrapperArg, emptyArg, errorArg, returningArg] = args
    if (!text || !path || args.length > 6) return problem('needs a JSON text and a path')
    for (const { type } of [text, path]) {
      if (!isCharacter(type) && type.kind !== 'null') return problem('needs STRINGs')
    }
    const wrapper = constantOf(wrapperArg, 'WITHOUT')
    const onEmpty = constantOf(emptyArg, 'NULL')
    const onError = constantOf(errorArg, 'NULL')
    const isArray = constantOf(returningArg, 'STRING').startsWith('ARRAY')
    const fallBack = (behavior: string, reason: string) => {
      if (behavior === 'NULL') return null
      if (behavior === 'EMPTY ARRAY') return isArray ? [] : '[]'
      if (behavior === 'EMPTY OBJECT' && !isArray) return '{}'
      return raise('JSON_QUERY', reason)
    }
    return {
      parameters: args.map(() => types.string),
      returns: isArray ? types.array(types.string) : types.string,
      nulls: 'own',
      mayReturnNull: true,
      evaluate: (json: string | null, pathText: string | null) => {
        if (json === null || pathText === null) return null
        const { mode, value, error } = evaluatePath(json, pathText)
        if (error !== undefined) return fallBack(onError, error)
        // As in Flink, a JSON null is nothing to a text, and an error to an array; even a wrapped one.
        if (value === null && isArray) return fallBack(onError, 'the value is null, no array')
        if (value === undefined || value === null)
          return fallBack(onEmpty, 'the path gives nothing')
        const wrapped = wrap(value, wrapper)
        if (!isContainer(wrapped)) {
          return fallBack(mode === 'lax' ? onEmpty : onError, 'the value is no array or object')
        }
        if (!isArray) return writeJson(wrapped)
        if (!Array.isArray(wrapped)) return fallBack(onError, 'the value is no array')
        return wrapped.map(x => (x === null ? null : isContainer(x) ? writeJson(x) : scalarText(x)))
      },
    }
  },
}

function wrap(value: JsonNode, wrapper: string): JsonNode {
  if (wrapper === 'UNCONDITIONAL') return [value]
  return wrapper === 'CONDITIONAL' && !Array.isArray(value) ? [value] : value
}
