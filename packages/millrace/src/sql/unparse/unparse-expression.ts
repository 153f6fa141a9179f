// Expressions of the plan back to syntax: operators in their forms, constants with casts where SQL would type them otherwise.

import { isProblem } from '../../functions/function-definition.ts'
import type { FunctionRegistry } from '../../functions/registry.ts'
import { integerLiteral, textLiteral } from '../../plan/create-expression.ts'
import type {
  AggregateCall,
  CallExpression,
  Expression as Bound,
  SortKey,
} from '../../plan/expression.ts'
import { printLiteral } from '../../plan/print-literal.ts'
import {
  type DataType,
  formatType,
  isCharacter,
  isExact,
  isNumeric,
  sameType,
  types,
  withNullable,
  withoutAttribute,
} from '../../types/data-type.ts'
import { assertNever } from '../../types/errors.ts'
import { nanoOfMs, timestampMs } from '../../types/temporal.ts'
import type { Hybrid, Value } from '../../types/value.ts'
import type { BinaryOperator, Expression, IsTest } from '../ast/expression.ts'
import type { OrderItem } from '../ast/query.ts'
import { bindLiteral } from '../binder/expressions/bind-literal.ts'
import { parseExpression } from '../parse.ts'
import { NoSqlError } from './no-sql-error.ts'
import { jsonCallOf } from './unparse-json.ts'
import { binary, callOf, identifier, NOWHERE as span, not, symbol } from './syntax.ts'

/** What stands for the input's columns, and which functions there are. */
export interface UnparseContext {
  readonly columns: readonly Expression[]
  readonly functions: FunctionRegistry
  /** What some expressions are instead. */
  readonly replace?: (e: Bound) => Expression | undefined
}

export function unparse(e: Bound, context: UnparseContext): Expression {
  const replaced = context.replace?.(e)
  if (replaced) return replaced
  const inner = (x: Bound): Expression => unparse(x, context)
  switch (e.kind) {
    case 'column':
      return context.columns[e.index] as Expression
    case 'literal':
      return unparseLiteral(e)
    case 'call':
      return unparseCall(e, context)
    case 'cast':
      return castOf(inner(e.arg), e.type, e.safe)
    case 'field':
      return { kind: 'field', operand: inner(e.arg), name: identifier(e.name), span }
    case 'logical':
      return e.args.map(inner).reduce((a, b) => binary(e.op === 'and' ? 'AND' : 'OR', a, b))
    case 'case':
      return {
        kind: 'case',
        operand: undefined,
        branches: e.branches.map(({ when, then }) => ({
          when: inner(when),
          // biome-ignore lint/suspicious/noThenProperty: CASE's THEN; never awaited
          then: inner(then),
        })),
        otherwise: inner(e.otherwise),
        span,
      }
    default:
      return assertNever(e)
  }
}

const castOf = (operand: Expression, type: DataType, safe = false): Expression => ({
  kind: 'cast',
  operand,
  type: withNullable(withoutAttribute(type), true),
  safe,
  span,
})

/** Whether SQL reads a constant's text as that very value, of that very type. */
function isAsWritten({ value, type }: Extract<Bound, { kind: 'literal' }>, written: Expression) {
  if (type.kind === 'interval_year') return true
  if (written.kind !== 'literal') return false
  const read = bindLiteral(written)
  return (
    formatType(read.type) === formatType(type) &&
    printLiteral(read.value, read.type) === printLiteral(value, type)
  )
}

function unparseLiteral(e: Extract<Bound, { kind: 'literal' }>): Expression {
  const { value, type } = e
  if (value === null) {
    const nothing = parseExpression('NULL')
    return type.kind === 'null' ? nothing : castOf(nothing, type)
  }
  if (type.kind === 'timestamp_ltz') return instantOf(value as Hybrid, type, type.precision)
  if (type.kind === 'raw')
    throw new NoSqlError({
      what: 'A constant of type RAW',
      remedy: 'Compute it from a text or a number.',
    })
  if (type.kind === 'interval_day') return intervalOf(value as number)
  if (type.kind === 'array' && (value as readonly Value[]).every(x => x === null)) {
    // Of NULLs alone SQL finds no type.
    const { element } = type
    const items = (value as readonly Value[]).map(() => castOf(parseExpression('NULL'), element))
    if (items.length > 0) return castOf({ kind: 'array', items, span }, type)
  }
  if (type.kind === 'interval_year' && Math.abs(value as number) > 99) {
    const months = String(Math.abs(value as number))
    const sign = (value as number) < 0 ? '-' : ''
    return parseExpression(`INTERVAL ${sign}'${months}' MONTH(${months.length})`)
  }
  const written = parseExpression(printLiteral(value, type))
  return isAsWritten(e, written) ? written : castOf(written, type)
}

const THREE = parseExpression('3')

/** `TO_TIMESTAMP_LTZ(ms, 3)`: a text would be read in the session's time zone. */
function instantOf(value: Hybrid, type: DataType, precision: number): Expression {
  // Of an instant with parts of a millisecond SQL has no constant.
  if (nanoOfMs(value, precision) !== 0)
    throw new NoSqlError({
      what: 'A constant of type TIMESTAMP_LTZ with parts of a millisecond',
      remedy: 'Compute it from a text.',
    })
  const ms = parseExpression(String(timestampMs(value, precision)))
  const instant = callOf('TO_TIMESTAMP_LTZ', [ms, THREE])
  return precision === 3 ? instant : castOf(instant, type)
}

/** An interval of ms. Flink takes two digits before the point: longer ones are written with all their fields. */
export function intervalOf(ms: number): Expression {
  const text = printLiteral(ms, types.intervalDay())
  if (!/'-?\d{3}/.test(text)) return parseExpression(text)
  const size = Math.abs(ms)
  const two = (unit: number, most: number) =>
    String(Math.floor(size / unit) % most).padStart(2, '0')
  const days = Math.floor(size / 86_400_000)
  const time = `${two(3_600_000, 24)}:${two(60_000, 60)}:${two(1000, 60)}`
  const fraction = size % 1000 === 0 ? '' : `.${String(size % 1000).padStart(3, '0')}`
  const digits = String(days).length > 2 ? `(${String(days).length})` : ''
  const sign = ms < 0 ? '-' : ''
  return parseExpression(`INTERVAL ${sign}'${days} ${time}${fraction}' DAY${digits} TO SECOND`)
}

const BINARY: ReadonlySet<string> = new Set<BinaryOperator>([
  '=',
  '<>',
  '<',
  '<=',
  '>',
  '>=',
  '+',
  '-',
  '*',
  '/',
  '%',
  '||',
  'OVERLAPS',
  'IS DISTINCT FROM',
  'IS NOT DISTINCT FROM',
])

/** Functions whose argument at this position is a unit or another word, in the plan a constant text. */
const WORDS: Readonly<Record<string, number>> = {
  EXTRACT: 0,
  TRIM: 0,
  TIMESTAMPADD: 0,
  TIMESTAMPDIFF: 0,
  CEIL: 1,
  FLOOR: 1,
}

function unparseCall(e: CallExpression, context: UnparseContext): Expression {
  const { name } = e
  const args = unparseArguments(e, context)
  const [a, b, c] = args as [Expression, Expression, Expression | undefined]
  if (args.length === 1) {
    if (name === 'NOT') return not(a)
    if (name === '-') return { kind: 'unary', operator: '-', operand: a, span }
    const test = /^IS (NOT )?(.+)$/.exec(name)
    if (test)
      return {
        kind: 'is',
        operand: a,
        test: test[2] as IsTest,
        negated: test[1] !== undefined,
        span,
      }
  }
  if (args.length === 2 && BINARY.has(name)) return binary(name as BinaryOperator, a, b)
  const negated = name.startsWith('NOT ')
  switch (name.replace(/^NOT /, '')) {
    case 'BETWEEN':
    case 'BETWEEN SYMMETRIC': {
      const symmetric = name.endsWith('SYMMETRIC')
      return {
        kind: 'between',
        operand: a,
        low: b,
        high: c as Expression,
        symmetric,
        negated,
        span,
      }
    }
    case 'LIKE':
    case 'SIMILAR TO': {
      const operator = name.endsWith('LIKE') ? 'LIKE' : 'SIMILAR TO'
      return { kind: 'like', operator, operand: a, pattern: b, escape: c, negated, span }
    }
    case 'IN':
      return { kind: 'in-list', operand: a, items: args.slice(1), negated, span }
    case 'ITEM':
      return { kind: 'index', operand: a, index: b, span }
    case 'ARRAY':
    case 'MAP':
    case 'ROW':
      return { kind: name.toLowerCase() as 'array' | 'map' | 'row', items: args, span }
  }
  requireKnown(name, context)
  const json = jsonCallOf(name, e.args, args)
  return json ? callOf(name, json.args, { json: json.json }) : callOf(name, plainArguments(e, args))
}

const UTC = { timeZone: 'UTC' }

/** Constants, and arguments of functions, stand without a cast where the call converts them by itself, to what they are in the plan. */
function unparseArguments(e: CallExpression, context: UnparseContext): readonly Expression[] {
  const isNamed = /^\w+$/.test(e.name)
  const written = e.args.map(a =>
    a.kind === 'literal'
      ? asWritten(a)
      : isNamed && a.kind === 'cast' && !a.safe && a.arg.type.kind !== 'null'
        ? { info: { type: a.arg.type }, syntax: unparse(a.arg, context) }
        : undefined,
  )
  const infos = e.args.map((a, i) => written[i]?.info ?? { type: a.type })
  const binding = context.functions.scalar(e.name)?.resolve(infos, UTC)
  const isSame =
    binding !== undefined &&
    !isProblem(binding) &&
    formatType(binding.returns) === formatType(e.type) &&
    e.args.every((a, i) => !written[i] || sameType(binding.parameters[i] as DataType, a.type))
  return e.args.map((a, i) => (isSame && written[i]?.syntax) || unparse(a, context))
}

/** A constant as its text alone says it, with the type that SQL reads from it. */
function asWritten(e: Extract<Bound, { kind: 'literal' }>) {
  const { value, type } = e
  if (value === null || !(isExact(type) || isCharacter(type))) return undefined
  const natural =
    typeof value === 'string'
      ? textLiteral(value)
      : type.kind === 'decimal'
        ? undefined
        : integerLiteral(BigInt(value as number | bigint))
  if (!natural) return undefined
  const info = { type: natural.type, constant: { value: natural.value } }
  return { info, syntax: parseExpression(printLiteral(value, type)) }
}

function plainArguments(
  { name, args: bound }: CallExpression,
  args: readonly Expression[],
): readonly Expression[] {
  const at = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined
  const word = at === undefined ? undefined : bound[at]
  if (word?.kind !== 'literal' || typeof word.value !== 'string') return args
  return args.map((arg, i) => (i === at ? symbol(word.value as string) : arg))
}

function requireKnown(name: string, { functions }: UnparseContext): void {
  if (!functions.find(name))
    throw new NoSqlError({
      what: `The TypeScript function ${name}`,
      remedy: 'Register it with app.function(…), or write it as an expression.',
    })
}

/** `SUM(DISTINCT x) FILTER (WHERE …)`. */
export function unparseAggregate(call: AggregateCall, context: UnparseContext): Expression {
  requireKnown(call.function, context)
  const star: Expression = { kind: 'star', qualifier: [], span }
  const isCountAll = call.args.length === 0 && call.function === 'COUNT'
  const args = isCountAll ? [star] : call.args.map(a => unparse(a, context))
  const json = jsonCallOf(call.function, call.args, args)
  return callOf(call.function, json?.args ?? args, {
    json: json?.json,
    quantifier: call.distinct ? 'DISTINCT' : undefined,
    filter: call.filter && unparse(call.filter, context),
  })
}

/** NULLS FIRST or LAST only where they are not where Flink puts them. */
export function unparseSortKey(key: SortKey, context: UnparseContext): OrderItem {
  const byDefault = key.nullsFirst === !key.descending
  const constant = key.expression.kind === 'literal' && isNumeric(key.expression.type)
  const expression = unparse(key.expression, context)
  return {
    // A plain number would be a position.
    expression: constant ? castOf(expression, key.expression.type) : expression,
    descending: key.descending,
    nulls: byDefault ? undefined : key.nullsFirst ? 'FIRST' : 'LAST',
    span,
  }
}
