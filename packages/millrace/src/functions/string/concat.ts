// `||`, `CONCAT`, `CONCAT_WS`.

import { types } from '../../types/data-type.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { simpleFunction } from '../scalar-function.ts'
import { joinedType } from './text-types.ts'

export const concatOperator = simpleFunction({
  name: '||',
  group: 'string',
  summary: 'The texts one after the other; NULL when one is NULL.',
  examples: [["'a' || 'b'", "'ab'"]],
  takes: ['text', 'text'],
  returns: joinedType,
  evaluate: (a: string, b: string) => a + b,
  emit: (_, [a = '', b = '']) => `(${a} + ${b})`,
})

export const concat = simpleFunction({
  name: 'CONCAT',
  group: 'string',
  summary: 'The texts one after the other; NULL when one is NULL.',
  examples: [["CONCAT('a', 'b', 'c')", "'abc'"]],
  takes: ['text'],
  variadic: true,
  returns: types.string,
  evaluate: (...texts: string[]) => texts.join(''),
  emit: (_, texts) => `(${texts.join(' + ')})`,
})

export const concatWs: ScalarFunction = {
  kind: 'scalar',
  name: 'CONCAT_WS',
  docs: {
    group: 'string',
    summary: 'The texts with a separator between them; NULLs among them are left out.',
    examples: [["CONCAT_WS('-', 'a', CAST(NULL AS STRING), 'b')", "'a-b'"]],
  },
  resolve(args, session) {
    const found = joined.resolve(args, session)
    if ('problem' in found) return found
    const separator = args[0]?.type
    const nullable = separator === undefined || separator.nullable || separator.kind === 'null'
    return { ...found, returns: { ...types.string, nullable } }
  },
}

const joined = simpleFunction({
  name: 'CONCAT_WS',
  group: 'string',
  summary: '',
  takes: ['text', 'text'],
  variadic: true,
  nulls: 'own',
  returns: types.string,
  evaluate: (separator: string | null, ...texts: (string | null)[]) =>
    separator === null ? null : texts.filter(text => text !== null).join(separator),
})
