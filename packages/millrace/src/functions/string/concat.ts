// `||`, `CONCAT`, `CONCAT_WS`.

import { types } from '../../types/data-type.ts'
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

export const concatWs = simpleFunction({
  name: 'CONCAT_WS',
  group: 'string',
  summary: 'The texts with a separator between them; NULLs among them are left out.',
  examples: [["CONCAT_WS('-', 'a', CAST(NULL AS STRING), 'b')", "'a-b'"]],
  takes: ['text', 'text'],
  optional: 1,
  variadic: true,
  nulls: 'own',
  returns: types.string,
  evaluate: (separator: string | null, ...texts: (string | null)[]) =>
    separator === null ? null : texts.filter(text => text !== null).join(separator),
})
