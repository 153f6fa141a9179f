// MATCH_RECOGNIZE (…): partition, order, pattern, definitions and measures to a plan.

import { checkCondition } from '../../../plan/create-expression.ts'
import { createMatch } from '../../../plan/create-node.ts'
import { located } from '../../../plan/origin.ts'
import type { Expression, SortKey } from '../../../plan/expression.ts'
import type { MatchExpressions, MatchVariable } from '../../../plan/match.ts'
import { isProctime, isRowtime } from '../../../types/data-type.ts'
import type { SourceSpan } from '../../../types/errors.ts'
import type { Expression as SqlExpression } from '../../ast/expression.ts'
import type { MatchRecognize } from '../../ast/query.ts'
import type { BinderContext } from '../binder-context.ts'
import { InvalidSqlError, UnsupportedSqlError } from '../binder-errors.ts'
import { bindExpression } from '../expressions/bind-expression.ts'
import type { ExpressionContext } from '../expressions/expression-context.ts'
import { bindSortKey } from '../over-binder.ts'
import type { Scope } from '../scope.ts'
import { type BoundFrom, bindFrom, named } from '../tables/bind-from.ts'
import { MatchExpressionBinder } from './match-expressions.ts'
import { bindPattern, bindSkip, PatternVariables } from './match-pattern.ts'

/** @throws {MillraceError} with its place, also for what Flink parses and refuses */
export function bindMatchRecognize(context: BinderContext, ref: MatchRecognize): BoundFrom {
  refuseClauses(ref)
  const { plan: input, scope } = bindFrom(context, ref.input)
  const variables = new PatternVariables()
  const pattern = bindPattern(ref.pattern, variables)
  const binder = () =>
    new MatchExpressionBinder({
      environment: context.environment,
      input: scope,
      variables,
      mode: context.mode,
    })
  const partition = bindPartition(context, scope, ref)
  const order = bindOrder(context, scope, ref)
  const measures = bindMeasures(binder(), partition, ref)
  const plan = createMatch({
    input,
    partition,
    order,
    definition: {
      variables: bindDefinitions(binder, variables, ref),
      pattern,
      skip: bindSkip(ref.afterMatch, pattern, variables),
      withinMs: ref.within ? bindWithin(context, scope, ref.within) : 0,
    },
    measures,
  })
  return named(located(plan, { text: context.text, at: ref.span }), ref.alias)
}

function refuseClauses(ref: MatchRecognize): void {
  if (ref.rowsPerMatch === 'ALL')
    throw new UnsupportedSqlError({
      what: 'ALL ROWS PER MATCH',
      remedy: 'Write ONE ROW PER MATCH, and collect rows by measures.',
      at: ref.span,
    })
  const [subset] = ref.subsets
  if (subset)
    throw new UnsupportedSqlError({
      what: `SUBSET ${subset.name.name}`,
      remedy: 'Use the variables one by one, or unqualified columns for all rows of the match.',
      at: subset.name.span,
    })
}

function bindPartition(
  { environment }: BinderContext,
  scope: Scope,
  { partitionBy }: MatchRecognize,
): readonly Expression[] {
  return partitionBy.map(node => {
    const bound = bindExpression({ environment, scope, clause: 'PARTITION BY' }, node)
    if (bound.kind === 'column') return bound
    throw new UnsupportedSqlError({
      what: 'An expression in PARTITION BY of MATCH_RECOGNIZE',
      remedy: 'Compute it as a column in a sub-query, and partition by that.',
      at: node.span,
    })
  })
}

/** The time first, ascending: the search follows it. */
function bindOrder(
  { environment, mode }: BinderContext,
  scope: Scope,
  { orderBy, span }: MatchRecognize,
): readonly SortKey[] {
  const context = { environment, scope, clause: 'ORDER BY' }
  const order = orderBy.map(item => bindSortKey(context, item))
  const refuse = (problem: string, at: SourceSpan): never => {
    throw new InvalidSqlError({
      problem,
      remedy: 'Write ORDER BY and the event-time column (one with a watermark), ascending.',
      at,
    })
  }
  const [first] = order
  if (!first) return refuse('MATCH_RECOGNIZE has no ORDER BY', span)
  const at = orderBy[0]?.span ?? span
  const { expression, descending } = first
  const { type } = expression
  const isTime =
    mode === 'batch'
      ? type.kind === 'timestamp' || type.kind === 'timestamp_ltz'
      : isRowtime(type) || isProctime(type)
  if (expression.kind !== 'column' || !isTime)
    return refuse('MATCH_RECOGNIZE must be ordered by a time attribute first', at)
  if (descending) return refuse('MATCH_RECOGNIZE must be ordered by ascending time', at)
  return order
}

function bindMeasures(
  binder: MatchExpressionBinder,
  partition: readonly Expression[],
  { measures, span }: MatchRecognize,
): MatchExpressions {
  const used = new Set(partition.map(e => (e.kind === 'column' ? e.name : '')))
  if (measures.length === 0)
    throw new InvalidSqlError({
      problem: 'MATCH_RECOGNIZE has no MEASURES',
      remedy: 'Say what each match gives: MEASURES A.column AS name.',
      at: span,
    })
  const columns = measures.map(({ expression, name }) => {
    if (used.has(name.name))
      throw new InvalidSqlError({
        problem: `MATCH_RECOGNIZE has two columns "${name.name}"`,
        remedy: 'Rename the measure.',
        at: name.span,
      })
    used.add(name.name)
    return { name: name.name, expression: binder.bind(expression, 'MEASURES') }
  })
  return { parts: binder.parts, columns }
}

/** Definitions of variables that the pattern does not have are checked and have no effect, as in Flink. */
function bindDefinitions(
  binderOf: () => MatchExpressionBinder,
  variables: PatternVariables,
  { define }: MatchRecognize,
): readonly MatchVariable[] {
  const conditions = new Map<string, MatchExpressions>()
  const inPattern = [...variables.names]
  variables.names.push(...define.map(d => d.variable.name).filter(n => !inPattern.includes(n)))
  for (const { variable, condition } of define) {
    if (conditions.has(variable.name))
      throw new InvalidSqlError({
        problem: `The variable "${variable.name}" is defined twice`,
        remedy: 'Join the conditions with AND.',
        at: variable.span,
      })
    const binder = binderOf()
    const expression = checkCondition(binder.bind(condition, 'DEFINE'), 'DEFINE', condition.span)
    conditions.set(variable.name, {
      parts: binder.parts,
      columns: [{ name: variable.name, expression }],
    })
  }
  return inPattern.map(name => {
    const condition = conditions.get(name)
    return condition ? { name, condition } : { name }
  })
}

function bindWithin({ environment }: BinderContext, scope: Scope, node: SqlExpression): number {
  const context: ExpressionContext = { environment, scope, clause: 'WITHIN' }
  const bound = bindExpression(context, node)
  if (
    bound.kind === 'literal' &&
    bound.type.kind === 'interval_day' &&
    typeof bound.value === 'number' &&
    bound.value >= 0
  )
    return bound.value
  throw new InvalidSqlError({
    problem: 'WITHIN takes a constant interval of days to seconds',
    remedy: "Write WITHIN INTERVAL '10' MINUTE.",
    at: node.span,
  })
}
