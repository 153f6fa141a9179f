// Function calls: scalar functions, what aggregates and windows add, and the clauses of JSON functions.

import { arrangeArguments, type GivenArgument } from '../../../plan/arrange-arguments.ts'
import { createCall } from '../../../plan/create-expression.ts'
import type { Expression } from '../../../plan/expression.ts'
import { UnknownFunctionError } from '../../../plan/expression-errors.ts'
import type { MillraceError } from '../../../types/errors.ts'
import type { Call, Expression as SqlExpression } from '../../ast/expression.ts'
import { NILADIC } from '../../keywords.ts'
import { InvalidSqlError, UnsupportedSqlError } from '../binder-errors.ts'
import { bindExpression } from './bind-expression.ts'
import { jsonArguments } from './json-arguments.ts'
import type { ExpressionContext } from './expression-context.ts'
import { checkSomeTyped, checkUntypedNulls } from './untyped-null.ts'

const GROUP_WINDOW_PARTS = /^(TUMBLE|HOP|SESSION)(_START|_END|_ROWTIME|_PROCTIME)?$/
const OVER_ONLY = new Set([
  'ROW_NUMBER',
  'RANK',
  'DENSE_RANK',
  'LAG',
  'LEAD',
  'NTILE',
  'PERCENT_RANK',
  'CUME_DIST',
  'NTH_VALUE',
])

/** The name by which a function is looked up. */
export const functionName = (call: Call): string => (call.name.at(-1)?.name ?? '').toUpperCase()

/** Whether the call is of an aggregate function, without OVER. */
export function isAggregate(context: Pick<ExpressionContext, 'environment'>, call: Call): boolean {
  return !call.over && context.environment.functions.aggregate(functionName(call)) !== undefined
}

export function bindCall(context: ExpressionContext, call: Call): Expression {
  const name = functionName(call)
  if (call.over) {
    if (context.over) return context.over(call)
    throw new InvalidSqlError({
      problem: `${name} OVER stands in ${context.clause}`,
      remedy: 'Compute it in a sub-query, and use its column.',
      at: call.span,
    })
  }
  const grouped = context.grouping?.(call)
  if (grouped) return grouped
  if (isAggregate(context, call)) {
    if (context.aggregate) return context.aggregate(call)
    throw new InvalidSqlError({
      problem: `The aggregate ${name} stands in ${context.clause}`,
      remedy: 'Aggregate in a sub-query, or use HAVING.',
      at: call.span,
    })
  }
  if (OVER_ONLY.has(name))
    throw new InvalidSqlError({
      problem: `${name} needs OVER (…)`,
      remedy: `Write ${name}() OVER (PARTITION BY … ORDER BY …).`,
      at: call.span,
    })
  if (GROUP_WINDOW_PARTS.test(name) || /^GROUP(ING|ING_ID|_ID)$/.test(name))
    throw new InvalidSqlError({
      problem: `${name} has no meaning in ${context.clause} without a GROUP BY that it belongs to`,
      remedy: 'Group by the window, with the same arguments.',
      at: call.span,
    })
  rejectModifiers(call, name)
  if (name === 'JSON')
    throw new InvalidSqlError({
      problem: `JSON stands in ${context.clause}`,
      remedy:
        'It marks a value of JSON_OBJECT or JSON_ARRAY as JSON; elsewhere the text is enough.',
      at: call.span,
    })
  return bindScalarCall(context, call, name)
}

function bindScalarCall(context: ExpressionContext, call: Call, name: string): Expression {
  if (!context.environment.functions.scalar(name)) throw unknownFunction(context, call)
  return createCall(context.environment, name, scalarArguments(context, call, name), call.span)
}

function unknownFunction({ environment, scope }: ExpressionContext, call: Call): MillraceError {
  const name = call.name.map(part => part.name).join('.')
  const at = call.name[0]?.span ?? call.span
  const column = scope.names().find(n => n.toUpperCase() === name.toUpperCase())
  if (column !== undefined && NILADIC.has(name.toUpperCase()))
    return new InvalidSqlError({
      problem: `${name.toUpperCase()} is a reserved word`,
      remedy: `Write \`${column}\` for the column.`,
      at,
    })
  return new UnknownFunctionError({ name, known: environment.functions.names(), at })
}

/** The arguments as the function takes them: JSON clauses become leading or trailing constants. */
export function scalarArguments(
  context: ExpressionContext,
  call: Call,
  name: string,
): readonly Expression[] {
  const takesJson = name.startsWith('JSON_OBJECT') || name.startsWith('JSON_ARRAY')
  const given = call.args.map(arg =>
    takesJson && arg.kind === 'call' && functionName(arg) === 'JSON'
      ? { expression: bindScalarCall(context, arg, 'JSON') }
      : bindArgument(context, arg),
  )
  const definition = context.environment.functions.find(name)
  if (definition?.parameters) return arrangeArguments(definition, given, call.span)
  if (definition?.kind === 'scalar') checkUntypedNulls(name, call.args)
  if (name === 'COALESCE' || name === 'IFNULL') checkSomeTyped(name, call.args)
  const args = given.map(g => g.expression)
  return jsonArguments(context, call, name, args) ?? args
}

function bindArgument(context: ExpressionContext, arg: SqlExpression): GivenArgument {
  if (arg.kind !== 'named-argument') return { expression: bindExpression(context, arg) }
  return { name: arg.name.name, expression: bindExpression(context, arg.value) }
}

function rejectModifiers(call: Call, name: string): void {
  const modifier =
    call.quantifier === 'DISTINCT'
      ? 'DISTINCT'
      : call.filter
        ? 'FILTER'
        : call.orderBy.length > 0
          ? 'ORDER BY'
          : call.nulls && `${call.nulls} NULLS`
  if (modifier)
    throw new InvalidSqlError({
      problem: `${modifier} is for aggregates; ${name} is none`,
      remedy: `Remove ${modifier}.`,
      at: call.span,
    })
  if (call.semantics)
    throw new UnsupportedSqlError({
      what: call.semantics,
      remedy: 'It belongs to MATCH_RECOGNIZE.',
      at: call.span,
    })
}
