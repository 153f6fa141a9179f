// `JSON_STRING(x)`; `JSON_OBJECT(onNull, key, value, …)` and `JSON_ARRAY(onNull, value, …)`, whose first argument is a constant:
// 'NULL' or 'ABSENT', and after a colon the indexes (among the values, from 0, with commas) of those that are calls of JSON_OBJECT,
// JSON_ARRAY or JSON, and so are JSON already: 'ABSENT:0,2'. SQL's defaults: JSON_OBJECT NULL, JSON_ARRAY ABSENT.

import { isCharacter, notNull, types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem, strict, typesOf } from '../binding.ts'
import type { ArgumentInfo, ScalarFunction } from '../function-definition.ts'
import { type JsonNode, parseJson, writeJson } from './json-value.ts'
import { jsonProblem, type ToJson, toJsonOf } from './to-json.ts'

export const jsonString: ScalarFunction = {
  kind: 'scalar',
  name: 'JSON_STRING',
  docs: {
    group: 'json',
    summary: 'The value as JSON text; NULL for NULL.',
    examples: [['JSON_STRING(TRUE)', "'true'"]],
  },
  resolve(args) {
    const type = args[0]?.type
    if (args.length !== 1 || type === undefined) return problem('needs one value')
    const reason = type.kind === 'raw' ? 'needs no VARIANT: cast it to STRING' : jsonProblem(type)
    if (reason !== undefined) return { problem: reason, remedy: CAST_FIRST }
    const toJson = toJsonOf(type)
    return strict(args, {
      parameters: [type],
      returns: types.string,
      evaluate: (value: Value) => writeJson(toJson(value)),
    })
  },
}

const CAST_FIRST = 'Cast the value to STRING.'

const problemOf = (values: readonly ArgumentInfo[]): string | undefined =>
  values.map(v => jsonProblem(v.type)).find(reason => reason !== undefined)

interface Construction {
  readonly keepsNulls: boolean
  readonly converters: readonly ToJson[]
}

function constructionOf(
  onNull: ArgumentInfo | undefined,
  values: readonly ArgumentInfo[],
): Construction {
  const [behavior = 'NULL', indexes = ''] = String(onNull?.constant?.value ?? 'NULL').split(':')
  const ready = new Set(
    indexes
      .split(',')
      .filter(i => i !== '')
      .map(Number),
  )
  const fromText: ToJson = value => (value === null ? null : parseJson(value as string))
  return {
    keepsNulls: behavior.toUpperCase() === 'NULL',
    converters: values.map((v, i) => (ready.has(i) ? fromText : toJsonOf(v.type))),
  }
}

export const jsonObject: ScalarFunction = {
  kind: 'scalar',
  name: 'JSON_OBJECT',
  docs: {
    group: 'json',
    summary: 'The JSON object of keys and values, its keys sorted.',
    examples: [["JSON_OBJECT('b' VALUE 1, 'a' VALUE 'x')", `'{"a":"x","b":1}'`]],
  },
  resolve(args) {
    const [onNull, ...rest] = args
    if (rest.length % 2 === 1) return problem('needs keys and values')
    const keys = rest.filter((_, i) => i % 2 === 0)
    if (keys.some(k => !isCharacter(k.type))) return problem('needs keys that are STRINGs')
    if (keys.some(k => k.type.nullable))
      return { problem: 'needs keys that are NOT NULL', remedy: "Write COALESCE(key, '…')." }
    const values = rest.filter((_, i) => i % 2 === 1)
    const reason = problemOf(values)
    if (reason !== undefined) return { problem: reason, remedy: CAST_FIRST }
    const { keepsNulls, converters } = constructionOf(onNull, values)
    return {
      parameters: typesOf(args),
      returns: notNull(types.string),
      nulls: 'own',
      evaluate: (_: string, ...parts: Value[]) => {
        const object = new Map<string, JsonNode>()
        for (const [i, convert] of converters.entries()) {
          const value = parts[2 * i + 1] as Value
          if (value !== null || keepsNulls) object.set(parts[2 * i] as string, convert(value))
        }
        return writeJson(object)
      },
    }
  },
}

export const jsonArray: ScalarFunction = {
  kind: 'scalar',
  name: 'JSON_ARRAY',
  docs: {
    group: 'json',
    summary: 'The JSON array of the values.',
    examples: [["JSON_ARRAY(1, 'x')", `'[1,"x"]'`]],
  },
  resolve(args) {
    const [onNull, ...rest] = args
    const reason = problemOf(rest)
    if (reason !== undefined) return { problem: reason, remedy: CAST_FIRST }
    const { keepsNulls, converters } = constructionOf(onNull, rest)
    return {
      parameters: typesOf(args),
      returns: notNull(types.string),
      nulls: 'own',
      evaluate: (_: string, ...values: Value[]) =>
        writeJson(
          converters.flatMap((convert, i) => {
            const value = values[i] as Value
            return value !== null || keepsNulls ? [convert(value)] : []
          }),
        ),
    }
  },
}
