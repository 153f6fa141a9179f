// The clauses of JSON functions as the constant arguments by which the built-in functions take them.

import { createLiteral, textLiteral } from '../../../plan/create-expression.ts'
import type { Expression } from '../../../plan/expression.ts'
import { formatType, types } from '../../../types/data-type.ts'
import type { Call, Expression as SqlExpression, JsonBehavior } from '../../ast/expression.ts'
import { UnsupportedSqlError } from '../binder-errors.ts'
import { bindExpression } from './bind-expression.ts'
import type { ExpressionContext } from './expression-context.ts'

const NULL = createLiteral(null, types.null)

/** The full argument list of a JSON function, or `undefined` when the call is of none with clauses. */
export function jsonArguments(
  context: ExpressionContext,
  call: Call,
  name: string,
  args: readonly Expression[],
): readonly Expression[] | undefined {
  const clauses = call.json ?? {}
  switch (name) {
    case 'JSON_OBJECT':
    case 'JSON_OBJECTAGG':
      return [
        construction(
          clauses.nullHandling ?? 'NULL',
          call.args.filter((_, i) => i % 2 === 1),
        ),
        ...args,
      ]
    case 'JSON_ARRAY':
    case 'JSON_ARRAYAGG':
      return [construction(clauses.nullHandling ?? 'ABSENT', call.args), ...args]
    case 'JSON_EXISTS':
      return clauses.onError ? [...args, textLiteral(clauses.onError.kind)] : undefined
    case 'JSON_QUERY':
      if (!call.json) return undefined
      return [
        ...args,
        textLiteral(clauses.wrapper ?? 'WITHOUT'),
        textLiteral(clauses.onEmpty?.kind ?? 'NULL'),
        textLiteral(clauses.onError?.kind ?? 'NULL'),
        textLiteral(clauses.returning?.kind === 'array' ? 'ARRAY<STRING>' : 'STRING'),
      ]
    case 'JSON_VALUE':
      if (!call.json) return undefined
      return [
        ...args,
        textLiteral(returningOf(call)),
        ...behavior(context, clauses.onEmpty),
        ...behavior(context, clauses.onError),
      ]
    default:
      return undefined
  }
}

const JSON_MAKERS = new Set(['JSON_OBJECT', 'JSON_ARRAY', 'JSON'])

/** `ABSENT:0,2`: how NULLs are handled, and which values are JSON already. */
function construction(nulls: string, values: readonly SqlExpression[]): Expression {
  const ready = values.flatMap((v, i) =>
    v.kind === 'call' && JSON_MAKERS.has((v.name.at(-1)?.name ?? '').toUpperCase()) ? [i] : [],
  )
  return textLiteral(ready.length > 0 ? `${nulls}:${ready.join(',')}` : nulls)
}

function behavior(
  context: ExpressionContext,
  given: JsonBehavior | undefined,
): readonly [Expression, Expression] {
  if (given?.kind === 'DEFAULT')
    return [textLiteral('DEFAULT'), bindExpression(context, given.value)]
  return [textLiteral(given?.kind ?? 'NULL'), NULL]
}

const RETURNING = {
  varchar: 'STRING',
  char: 'STRING',
  boolean: 'BOOLEAN',
  int: 'INTEGER',
  double: 'DOUBLE',
}

function returningOf(call: Call): string {
  const type = call.json?.returning
  if (!type) return 'STRING'
  const name = Object.hasOwn(RETURNING, type.kind)
    ? RETURNING[type.kind as keyof typeof RETURNING]
    : undefined
  if (name !== undefined) return name
  throw new UnsupportedSqlError({
    what: `JSON_VALUE … RETURNING ${formatType(type)}`,
    remedy: 'Return STRING, BOOLEAN, INTEGER or DOUBLE, and cast the result.',
    at: call.span,
  })
}
