// `ARRAY[…]`, `MAP[…]`, `ROW(…)` as calls of `ARRAY`, `MAP`, `ROW`.

import { types, withNullable } from '../../types/data-type.ts'
import { leastRestrictive } from '../../types/type-rules.ts'
import type { Value } from '../../types/value.ts'
import { problem, typesOf } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { mapOf } from './element-key.ts'

export const arrayConstructor: ScalarFunction = {
  kind: 'scalar',
  name: 'ARRAY',
  docs: {
    group: 'construction',
    summary: 'An array of values of a common type.',
    examples: [['ARRAY[1, 2]', 'ARRAY[1, 2]']],
  },
  resolve(args) {
    if (args.length === 0) return problem('needs at least 1 argument')
    const element = leastRestrictive(typesOf(args))
    if (element === undefined) return problem('needs elements of a common type')
    return {
      parameters: args.map(a => withNullable(element, a.type.nullable || a.type.kind === 'null')),
      returns: { kind: 'array', element, nullable: false },
      nulls: 'own',
      evaluate: (...values: Value[]) => values,
      emit: (_, values) => `[${values.join(', ')}]`,
    }
  },
}

export const mapConstructor: ScalarFunction = {
  kind: 'scalar',
  name: 'MAP',
  docs: {
    group: 'construction',
    summary: 'A map of alternating keys and values; of equal keys the last wins.',
    examples: [["MAP['a', 1]", "MAP['a', 1]"]],
  },
  resolve(args) {
    if (args.length === 0 || args.length % 2 === 1) return problem('needs keys and values in turn')
    const key = leastRestrictive(typesOf(args.filter((_, i) => i % 2 === 0)))
    const value = leastRestrictive(typesOf(args.filter((_, i) => i % 2 === 1)))
    if (key === undefined) return problem('needs keys of a common type')
    if (value === undefined) return problem('needs values of a common type')
    return {
      parameters: args.map((a, i) =>
        withNullable(i % 2 === 0 ? key : value, a.type.nullable || a.type.kind === 'null'),
      ),
      returns: { kind: 'map', key, value, nullable: false },
      nulls: 'own',
      evaluate: (...parts: Value[]) => {
        const entries: [Value, Value][] = []
        for (let i = 0; i < parts.length; i += 2) {
          entries.push([parts[i] as Value, parts[i + 1] as Value])
        }
        return mapOf(entries, key)
      },
    }
  },
}

export const rowConstructor: ScalarFunction = {
  kind: 'scalar',
  name: 'ROW',
  docs: {
    group: 'construction',
    summary: 'A row; its fields are named EXPR$0, EXPR$1 and so on.',
    examples: [["ROW(1, 'a')", "ROW(1, 'a')"]],
  },
  resolve(args) {
    const fields = args.map((a, i) => ({ name: `EXPR$${i}`, type: a.type }))
    return {
      parameters: typesOf(args),
      returns: withNullable(types.row(fields), false),
      nulls: 'own',
      evaluate: (...values: Value[]) => values,
      emit: (_, values) => `[${values.join(', ')}]`,
    }
  },
}
