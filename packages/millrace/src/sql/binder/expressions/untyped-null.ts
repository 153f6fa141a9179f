// Where a NULL that no CAST gives a type may be an argument.

import type { Expression as SqlExpression } from '../../ast/expression.ts'
import { InvalidSqlError } from '../binder-errors.ts'

/**
 * The functions that take an untyped NULL, from which argument on.
 *
 * As in Flink: those whose types its own inference finds, and comparisons; of all others the type of a NULL is unknown.
 */
const TAKES_NULL: ReadonlyMap<string, number> = new Map([
  ...[
    ...['=', '<>', '!=', '<', '<=', '>', '>=', 'IN', 'NOT IN'],
    ...['BETWEEN', 'NOT BETWEEN', 'BETWEEN SYMMETRIC', 'NOT BETWEEN SYMMETRIC'],
    ...['IS NULL', 'IS NOT NULL', 'IS DISTINCT FROM', 'IS NOT DISTINCT FROM'],
    ...['COALESCE', 'IFNULL', 'TYPEOF', 'UNHEX', 'BTRIM', 'STARTSWITH', 'ENDSWITH', 'PRINTF'],
    ...['SPLIT', 'REGEXP_EXTRACT_ALL', 'REGEXP_COUNT', 'REGEXP_INSTR', 'REGEXP_SUBSTR'],
    ...['URL_ENCODE', 'URL_DECODE', 'JSON_QUOTE', 'JSON_UNQUOTE', 'JSON_STRING', 'PARSE_JSON'],
    'TO_TIMESTAMP_LTZ',
  ].map(name => [name, 0] as const),
  ...['NULLIF', 'ELT', 'ARRAY_CONTAINS', 'ARRAY_POSITION', 'ARRAY_REMOVE', 'ARRAY_APPEND']
    .concat(['ARRAY_PREPEND', 'ARRAY_SLICE', 'ARRAY_SORT', 'ARRAY_JOIN'])
    .map(name => [name, 1] as const),
])

/**
 * Refuses an untyped NULL as an argument of a built-in function or operator.
 *
 * @throws {InvalidSqlError} `MR_SQL_TYPE`
 */
export function checkUntypedNulls(name: string, args: readonly SqlExpression[]): void {
  const from = TAKES_NULL.get(name) ?? args.length
  for (const arg of args.slice(0, from)) {
    if (arg.kind !== 'literal' || arg.type !== 'null') continue
    throw new InvalidSqlError({
      problem: `${name} takes no NULL without a type`,
      remedy: 'Write CAST(NULL AS STRING), for instance.',
      at: arg.span,
      code: 'MR_SQL_TYPE',
    })
  }
}

/**
 * Refuses a list of which nothing but NULLs is left to find its type by: ARRAY[NULL].
 *
 * @throws {InvalidSqlError} `MR_SQL_TYPE`
 */
export function checkSomeTyped(what: string, items: readonly SqlExpression[]): void {
  const [first] = items
  if (first === undefined || items.some(i => i.kind !== 'literal' || i.type !== 'null')) return
  throw new InvalidSqlError({
    problem: `${what} has nothing but NULLs without a type`,
    remedy: 'Write CAST(NULL AS STRING), for instance.',
    at: first.span,
    code: 'MR_SQL_TYPE',
  })
}
