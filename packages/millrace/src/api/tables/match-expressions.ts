// What the lambdas of matchRecognize() are given: the columns of each variable of the pattern, and what can be asked of a match.

import { createAggregateCall, createCall } from '../../plan/create-expression.ts'
import { columnAt } from '../../plan/create-node.ts'
import type { AggregateCall, Expression } from '../../plan/expression.ts'
import type { MatchExpressions } from '../../plan/match.ts'
import { MatchParts } from '../../plan/match/match-parts.ts'
import type { PlanNode } from '../../plan/node.ts'
import { type DataType, isRowtime, notNull, types, withNullable } from '../../types/data-type.ts'
import { MillraceError } from '../../types/errors.ts'
import type { Schema } from '../../types/schema.ts'
import type { AppContext } from '../app-context.ts'
import type { AggregateBuilder } from '../columns/aggregates.ts'
import { ColumnScope } from '../columns/column-scope.ts'
import type { AnyExpr } from '../columns/expr.ts'
import {
  type BuildContext,
  builderOf,
  ExpressionBuilder,
  type MatchReader,
} from '../columns/expression-builder.ts'

/** An expression asks of a match what no match has. */
export class MatchExpressionError extends MillraceError {
  constructor(facts: { readonly problem: string; readonly remedy: string }) {
    super('MR_PLAN_INVALID', `${facts.problem}.`, { remedy: facts.remedy })
  }
}

/** A condition or measures, as the program writes them. */
export type MatchLambda<R> = (variables: object, match: object) => R

/** Binds lambdas over the matches of one pattern. */
export class MatchLambdas {
  readonly #app: AppContext
  readonly #input: PlanNode
  readonly #variables: object
  readonly #any: ColumnScope
  readonly #match: object

  /** @param names of the pattern's variables */
  constructor(app: AppContext, input: PlanNode, names: readonly string[]) {
    this.#app = app
    this.#input = input
    const { schema } = input
    this.#variables = Object.fromEntries(
      names.map((name, variable) => [name, scopeOf(schema, variable).columns()]),
    )
    this.#any = scopeOf(schema, undefined)
    this.#match = {
      any: this.#any.columns(),
      first: (value: unknown, offset = 0) => this.#navigate('first', value, offset),
      last: (value: unknown, offset = 0) => this.#navigate('last', value, offset),
      aggregate: (of: unknown) => this.#aggregate(of as AggregateBuilder),
      rowtime: () => new ExpressionBuilder(c => this.#rowtime(partsOf(c))),
      proctime: () => new ExpressionBuilder(c => createCall(c, 'PROCTIME', [])),
    }
  }

  /** Named expressions over parts of a match. */
  bind(lambda: MatchLambda<Readonly<Record<string, AnyExpr>>>): MatchExpressions {
    const parts = new MatchParts()
    const reader = new PartReader(this.#input, parts, 'last', 0)
    const context: BuildContext = {
      ...this.#app.environment,
      offsets: new Map(),
      match: reader,
    }
    const given = Object.entries(lambda(this.#variables, this.#match))
    const columns = given.map(([name, e]) => ({ name, expression: builderOf(e).build(context) }))
    return { parts: parts.all, columns }
  }

  #navigate(kind: 'first' | 'last', value: unknown, offset: number): ExpressionBuilder {
    const name = kind.toUpperCase()
    return new ExpressionBuilder(context => {
      const reader = new PartReader(this.#input, partsOf(context), kind, offset)
      const built = builderOf(value).build({ ...context, match: reader })
      if (reader.read.size === 0)
        throw new MatchExpressionError({
          problem: `${name} reads no column of a row`,
          remedy: `Give it a column of a variable: ${kind}(v.A.price).`,
        })
      checkOne(reader.read, name)
      return built
    })
  }

  #aggregate(of: AggregateBuilder): ExpressionBuilder {
    return new ExpressionBuilder(context => {
      const parts = partsOf(context)
      const reader = new InputReader(this.#input)
      const call = of.build('', this.#any, { ...context, match: reader })
      refuseModifiers(call)
      checkOne(reader.read, call.function)
      const [variable] = reader.read
      const plain = createAggregateCall(context, { ...call, name: call.function })
      const type = call.function === 'COUNT' ? call.type : withNullable(call.type, true)
      return parts.add({ kind: 'aggregate', variable, call: plain }, type)
    })
  }

  #rowtime(parts: MatchParts): Expression {
    const time = this.#input.schema.find(c => isRowtime(c.type))
    const plain = { ...notNull(types.timestamp(3)), attribute: 'rowtime' } as DataType
    return parts.add({ kind: 'rowtime' }, time ? withNullable(time.type, false) : plain)
  }
}

/** The columns of a variable's rows. */
const scopeOf = (schema: Schema, variable: number | undefined): ColumnScope =>
  new ColumnScope(schema, ({ match }, index) => readerOf(match).column(variable, index))

function readerOf(match: MatchReader | undefined): MatchReader {
  if (match) return match
  throw new MatchExpressionError({
    problem: 'A column of a pattern variable stands outside of matchRecognize()',
    remedy: 'Use it in define and measures alone.',
  })
}

function partsOf({ match }: BuildContext): MatchParts {
  if (match instanceof PartReader) return match.parts
  throw new MatchExpressionError({
    problem: 'A function of a match stands where there is none, or inside of another',
    remedy: 'Use first, last, aggregate and rowtime in define and measures, one at a time.',
  })
}

/** A column is a value of one row of the variable; `read` are the variables that it has read. */
class PartReader implements MatchReader {
  readonly parts: MatchParts
  readonly read = new Set<number | undefined>()
  readonly #input: PlanNode
  readonly #kind: 'first' | 'last'
  readonly #offset: number

  constructor(input: PlanNode, parts: MatchParts, kind: 'first' | 'last', offset: number) {
    this.#input = input
    this.parts = parts
    this.#kind = kind
    this.#offset = offset
  }

  column(variable: number | undefined, index: number): Expression {
    this.read.add(variable)
    const value = nullableColumn(this.#input, index)
    return this.parts.add({ kind: this.#kind, variable, offset: this.#offset, value }, value.type)
  }
}

/** A column is that of the input, for all rows of the variable. */
class InputReader implements MatchReader {
  readonly read = new Set<number | undefined>()
  readonly #input: PlanNode

  constructor(input: PlanNode) {
    this.#input = input
  }

  column(variable: number | undefined, index: number): Expression {
    this.read.add(variable)
    return nullableColumn(this.#input, index)
  }
}

function nullableColumn(input: PlanNode, index: number): Expression {
  const column = columnAt(input, index)
  return { ...column, type: withNullable(column.type, true) }
}

function checkOne(variables: ReadonlySet<number | undefined>, name: string): void {
  if (variables.size > 1)
    throw new MatchExpressionError({
      problem: `${name} reads rows of several pattern variables`,
      remedy: 'Give each call the columns of one variable, and combine the results.',
    })
}

function refuseModifiers({ distinct, filter, function: name }: AggregateCall): void {
  if (distinct || filter)
    throw new MatchExpressionError({
      problem: `${name} of a match takes neither distinct() nor where()`,
      remedy: 'Leave it away, or aggregate the rows in a query below.',
    })
}
