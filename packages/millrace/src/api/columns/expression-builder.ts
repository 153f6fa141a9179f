// The objects behind column expressions: they know how to build themselves once the input's columns have positions.

import type { Expression, SortKey } from '../../plan/expression.ts'
import type { BindingEnvironment } from '../../plan/create-expression.ts'
import { createCall, createCast, createField, createLogical } from '../../plan/create-expression.ts'
import { InvalidTypeError, UnknownColumnError } from '../../plan/expression-errors.ts'
import { formatType } from '../../types/data-type.ts'
import { durationMs } from '../../types/duration.ts'
import type { ColumnScope } from './column-scope.ts'
import type { LiteralUse } from './literal.ts'
import { intervalLiteral, literalOf } from './literal.ts'
import type { SqlType } from './sql-type.ts'

/** What an expression is built in: functions, session, and where each table's columns are in the input. */
export interface BuildContext extends BindingEnvironment {
  readonly offsets: ReadonlyMap<ColumnScope, number>
  /** Inside of matchRecognize(): of which rows of a match columns are read. */
  readonly match?: MatchReader
}

/** Reads columns of a row pattern's variables. */
export interface MatchReader {
  /** @param variable undefined: of rows of any variable */
  readonly column: (variable: number | undefined, index: number) => Expression
}

/**
 * The one class behind every `Expr`: it has the operations of all kinds, and the types show those that apply.
 *
 * Immutable; built anew for each plan node it is used in.
 */
export class ExpressionBuilder {
  readonly build: (context: BuildContext) => Expression

  constructor(build: (context: BuildContext) => Expression) {
    this.build = build
    Object.freeze(this)
  }

  eq(other: unknown): ExpressionBuilder {
    return this.#compare('=', other)
  }

  ne(other: unknown): ExpressionBuilder {
    return this.#compare('<>', other)
  }

  gt(other: unknown): ExpressionBuilder {
    return this.#compare('>', other)
  }

  ge(other: unknown): ExpressionBuilder {
    return this.#compare('>=', other)
  }

  lt(other: unknown): ExpressionBuilder {
    return this.#compare('<', other)
  }

  le(other: unknown): ExpressionBuilder {
    return this.#compare('<=', other)
  }

  isDistinctFrom(other: unknown): ExpressionBuilder {
    return this.#compare('IS DISTINCT FROM', other)
  }

  isNotDistinctFrom(other: unknown): ExpressionBuilder {
    return this.#compare('IS NOT DISTINCT FROM', other)
  }

  between(low: unknown, high: unknown): ExpressionBuilder {
    return this.#compare('BETWEEN', low, high)
  }

  in(list: readonly unknown[]): ExpressionBuilder {
    return this.#compare('IN', ...list)
  }

  notIn(list: readonly unknown[]): ExpressionBuilder {
    return this.#compare('NOT IN', ...list)
  }

  like(pattern: unknown, ...escape: unknown[]): ExpressionBuilder {
    return this.#compare('LIKE', pattern, ...escape)
  }

  notLike(pattern: unknown, ...escape: unknown[]): ExpressionBuilder {
    return this.#compare('NOT LIKE', pattern, ...escape)
  }

  isNull(): ExpressionBuilder {
    return callOf('IS NULL', 'value', this)
  }

  isNotNull(): ExpressionBuilder {
    return callOf('IS NOT NULL', 'value', this)
  }

  not(): ExpressionBuilder {
    return callOf('NOT', 'value', this)
  }

  add(other: unknown): ExpressionBuilder {
    return callOf('+', 'arithmetic', this, other)
  }

  sub(other: unknown): ExpressionBuilder {
    return callOf('-', 'arithmetic', this, other)
  }

  mul(other: unknown): ExpressionBuilder {
    return callOf('*', 'arithmetic', this, other)
  }

  div(other: unknown): ExpressionBuilder {
    return callOf('/', 'arithmetic', this, other)
  }

  mod(other: unknown): ExpressionBuilder {
    return callOf('MOD', 'arithmetic', this, other)
  }

  neg(): ExpressionBuilder {
    return callOf('-', 'arithmetic', this)
  }

  concat(other: unknown): ExpressionBuilder {
    return callOf('||', 'value', this, other)
  }

  orElse(other: unknown): ExpressionBuilder {
    return callOf('COALESCE', 'value', this, other)
  }

  at(position: unknown): ExpressionBuilder {
    return callOf('ITEM', 'value', this, position)
  }

  get(key: unknown): ExpressionBuilder {
    return callOf('ITEM', 'value', this, key)
  }

  and(...others: unknown[]): ExpressionBuilder {
    return logicalOf('and', this, ...others)
  }

  or(...others: unknown[]): ExpressionBuilder {
    return logicalOf('or', this, ...others)
  }

  asc(): OrderingBuilder {
    return new OrderingBuilder(this, false)
  }

  desc(): OrderingBuilder {
    return new OrderingBuilder(this, true)
  }

  plus(duration: number | string): ExpressionBuilder {
    return callOf('+', 'value', this, intervalOf(durationMs(duration)))
  }

  minus(duration: number | string): ExpressionBuilder {
    return callOf('-', 'value', this, intervalOf(durationMs(duration)))
  }

  cast(to: SqlType): ExpressionBuilder {
    return new ExpressionBuilder(c => createCast(c, this.build(c), to.dataType))
  }

  tryCast(to: SqlType): ExpressionBuilder {
    return new ExpressionBuilder(c => createCast(c, this.build(c), to.dataType, { safe: true }))
  }

  field(name: string): ExpressionBuilder {
    return new ExpressionBuilder(context => {
      const row = this.build(context)
      if (row.type.kind !== 'row')
        throw new InvalidTypeError({ problem: `${formatType(row.type)} has no field "${name}"` })
      const names = row.type.fields.map(f => f.name)
      if (!names.includes(name)) throw new UnknownColumnError({ column: name, available: names })
      return createField(row, names.indexOf(name))
    })
  }

  #compare(name: string, ...others: readonly unknown[]): ExpressionBuilder {
    return callOf(name, 'comparison', this, ...others)
  }
}

/** A column to order by with its direction. */
export class OrderingBuilder {
  readonly #expression: ExpressionBuilder
  readonly #descending: boolean
  readonly #nullsFirst: boolean

  constructor(expression: ExpressionBuilder, descending: boolean, nullsFirst = !descending) {
    this.#expression = expression
    this.#descending = descending
    this.#nullsFirst = nullsFirst
    Object.freeze(this)
  }

  nullsFirst(): OrderingBuilder {
    return new OrderingBuilder(this.#expression, this.#descending, true)
  }

  nullsLast(): OrderingBuilder {
    return new OrderingBuilder(this.#expression, this.#descending, false)
  }

  build(context: BuildContext): SortKey {
    const expression = this.#expression.build(context)
    return { expression, descending: this.#descending, nullsFirst: this.#nullsFirst }
  }
}

const intervalOf = (ms: number): ExpressionBuilder =>
  new ExpressionBuilder(() => intervalLiteral(ms))

/** A call; constants among the arguments take after the first expression beside them. */
export function callOf(
  name: string,
  use: LiteralUse,
  ...args: readonly unknown[]
): ExpressionBuilder {
  return new ExpressionBuilder(context =>
    createCall(context, name, buildOperands(context, use, args)),
  )
}

/** Builds expressions and constants side by side. */
export function buildOperands(
  context: BuildContext,
  use: LiteralUse,
  args: readonly unknown[],
): readonly Expression[] {
  const built = args.map(arg => (arg instanceof ExpressionBuilder ? arg.build(context) : undefined))
  const beside = built.find(e => e !== undefined && e.type.kind !== 'null')?.type
  return args.map((arg, i) => built[i] ?? literalOf(arg, use, beside))
}

/** AND, OR of conditions and boolean constants. */
export function logicalOf(op: 'and' | 'or', ...args: readonly unknown[]): ExpressionBuilder {
  return new ExpressionBuilder(c => createLogical(op, buildOperands(c, 'value', args)))
}

/** An expression, or a constant as one. */
export function builderOf(value: unknown): ExpressionBuilder {
  return value instanceof ExpressionBuilder
    ? value
    : new ExpressionBuilder(() => literalOf(value, 'value'))
}
