// Expressions of MEASURES and DEFINE: what they read of a match becomes its parts, the rest is computed over these.

import type { BindingEnvironment } from '../../../plan/create-expression.ts'
import { createAggregateCall, createCall } from '../../../plan/create-expression.ts'
import { walkExpression } from '../../../plan/children.ts'
import type { Expression } from '../../../plan/expression.ts'
import type { MatchPart } from '../../../plan/match.ts'
import { isRowtime, notNull, types, withNullable } from '../../../types/data-type.ts'
import type { DataType } from '../../../types/data-type.ts'
import type { SourceSpan } from '../../../types/errors.ts'
import type { Call, Expression as SqlExpression, Path } from '../../ast/expression.ts'
import { InvalidSqlError, UnsupportedSqlError } from '../binder-errors.ts'
import { functionName } from '../expressions/bind-call.ts'
import { bindExpression } from '../expressions/bind-expression.ts'
import type { ExpressionContext } from '../expressions/expression-context.ts'
import { MatchParts } from '../../../plan/match/match-parts.ts'
import { aggregateArguments } from '../group-binder.ts'
import { fieldOf, Scope } from '../scope.ts'
import type { PatternVariables } from './match-pattern.ts'

/** Which row of a variable a column is read of. */
interface Navigation {
  readonly kind: 'first' | 'last'
  readonly offset: number
}

const HERE: Navigation = { kind: 'last', offset: 0 }

/** Binds expressions that share their parts. */
export class MatchExpressionBinder {
  readonly #parts = new MatchParts()
  readonly #environment: BindingEnvironment
  readonly #input: Scope
  readonly #variables: PatternVariables
  readonly #mode: 'streaming' | 'batch'

  constructor(facts: {
    readonly environment: BindingEnvironment
    readonly input: Scope
    readonly variables: PatternVariables
    readonly mode: 'streaming' | 'batch'
  }) {
    this.#environment = facts.environment
    this.#input = facts.input
    this.#variables = facts.variables
    this.#mode = facts.mode
  }

  get parts(): readonly MatchPart[] {
    return this.#parts.all
  }

  /** The expression over the parts. */
  bind(expression: SqlExpression, clause: 'MEASURES' | 'DEFINE'): Expression {
    const context: ExpressionContext = {
      ...this.#context(clause, HERE),
      aggregate: call => this.#aggregate(call, clause),
      grouping: call => this.#matchFunction(call, clause),
    }
    return bindExpression(context, expression)
  }

  /** Every column is one of the input's, read of the row that `navigation` says; of one variable, when `of` collects them. */
  #context(
    clause: string,
    navigation: Navigation,
    of?: Set<number | undefined>,
  ): ExpressionContext {
    return {
      environment: this.#environment,
      scope: new Scope([], []),
      clause,
      alias: path => {
        const { variable, column, fields } = this.#columnOf(path)
        of?.add(variable)
        const value = { ...column, type: withNullable(column.type, true) }
        const part = this.#parts.add({ ...navigation, variable, value }, value.type)
        return fields.reduce((e, field) => fieldOf(e, field.name, field.span), part)
      },
    }
  }

  /** `A.price`, `price`, and fields of such a ROW. */
  #columnOf(path: Path): {
    readonly variable: number | undefined
    readonly column: Expression
    readonly fields: Path
  } {
    const [first, second] = path as [Path[number], Path[number] | undefined]
    const variable = second && this.#variables.find(first.name)
    const names = variable === undefined ? path : path.slice(1)
    const column = this.#input.find(names.slice(0, 1))
    // A dotted name that is no column's field can only mean a variable.
    if (!column && second && variable === undefined) this.#variables.get(first)
    const context = {
      environment: this.#environment,
      scope: this.#input,
      clause: 'MATCH_RECOGNIZE',
    }
    const name = names[0] as Path[number]
    return {
      variable,
      column: column ?? bindExpression(context, { kind: 'column', path: [name], span: name.span }),
      fields: names.slice(1),
    }
  }

  #aggregate(call: Call, clause: string): Expression {
    const name = functionName(call)
    const modifier =
      call.quantifier === 'DISTINCT'
        ? 'DISTINCT'
        : call.filter
          ? 'FILTER'
          : call.orderBy[0] && 'ORDER BY'
    if (modifier)
      throw new UnsupportedSqlError({
        what: `${modifier} in an aggregate of MATCH_RECOGNIZE`,
        remedy: 'Leave it away, or aggregate the rows in a query below.',
        at: call.span,
      })
    const variables = new Set<number | undefined>()
    const context: ExpressionContext = {
      environment: this.#environment,
      scope: new Scope([], []),
      clause: `the arguments of ${name} in ${clause}`,
      alias: path => {
        const { variable, column, fields } = this.#columnOf(path)
        variables.add(variable)
        const value = { ...column, type: withNullable(column.type, true) }
        return fields.reduce<Expression>((e, field) => fieldOf(e, field.name, field.span), value)
      },
    }
    const made = createAggregateCall(this.#environment, {
      name,
      function: name,
      args: aggregateArguments(context, call, name),
      at: call.span,
    })
    const isCount = name === 'COUNT'
    const type = isCount ? made.type : withNullable(made.type, true)
    const variable = single(variables, name, call.span)
    return this.#parts.add({ kind: 'aggregate', variable, call: made }, type)
  }

  /** FIRST, LAST and what only a match gives a meaning; `undefined`: an ordinary function. */
  #matchFunction(call: Call, clause: 'MEASURES' | 'DEFINE'): Expression | undefined {
    const name = functionName(call)
    switch (name) {
      case 'FIRST':
      case 'LAST':
        return this.#navigate(call, name === 'FIRST' ? 'first' : 'last', clause)
      case 'MATCH_ROWTIME':
        return this.#rowtime(call, clause)
      case 'MATCH_PROCTIME':
        onlyInMeasures(call, clause)
        return createCall(this.#environment, 'PROCTIME', [], call.span)
      case 'PREV':
      case 'NEXT':
        throw new UnsupportedSqlError({
          what: `${name}, the row before or behind in the partition,`,
          remedy: 'Use LAST(A.column, n): the nth row back among those that the match has of A.',
          at: call.span,
        })
      case 'CLASSIFIER':
      case 'MATCH_NUMBER':
        throw new UnsupportedSqlError({
          what: name,
          remedy: 'Tell rows apart by the variables of the pattern.',
          at: call.span,
        })
      default:
        return undefined
    }
  }

  #navigate(call: Call, kind: Navigation['kind'], clause: string): Expression {
    const name = functionName(call)
    const [value, back, more] = call.args
    const offset = back
      ? Number(back.kind === 'literal' && back.type === 'number' ? back.text : -1)
      : 0
    if (!value || more || !Number.isInteger(offset) || offset < 0)
      throw new InvalidSqlError({
        problem: `${name} takes a value and, if at all, a constant number of rows`,
        remedy: `Write ${name}(A.column) or ${name}(A.column, 1).`,
        at: call.span,
      })
    const variables = new Set<number | undefined>()
    const context = {
      ...this.#context(`${name} in ${clause}`, { kind, offset }, variables),
      grouping: (inner: Call) => refuseNested(inner, name),
    }
    const bound = bindExpression(context, value)
    if (![...walkExpression(bound)].some(e => e.kind === 'column'))
      throw new InvalidSqlError({
        problem: `${name} reads no column of a row`,
        remedy: `Write ${name}(A.column).`,
        at: value.span,
      })
    single(variables, name, call.span)
    return bound
  }

  #rowtime(call: Call, clause: 'MEASURES' | 'DEFINE'): Expression {
    onlyInMeasures(call, clause)
    const [argument] = call.args
    const plain = { ...notNull(types.timestamp(3)), attribute: 'rowtime' } as DataType
    if (!argument) return this.#parts.add({ kind: 'rowtime' }, plain)
    const column = bindExpression(
      { environment: this.#environment, scope: this.#input, clause: 'MATCH_ROWTIME' },
      argument,
    )
    if (this.#mode === 'batch' || !isRowtime(column.type))
      throw new InvalidSqlError({
        problem: 'MATCH_ROWTIME takes the event-time column, one with a watermark',
        remedy: 'Leave the argument away, or name the column that ORDER BY names.',
        at: argument.span,
        code: 'MR_SQL_TYPE',
      })
    return this.#parts.add({ kind: 'rowtime' }, withNullable(column.type, false))
  }
}

function onlyInMeasures(call: Call, clause: 'MEASURES' | 'DEFINE'): void {
  if (clause === 'DEFINE')
    throw new InvalidSqlError({
      problem: `${functionName(call)} stands in DEFINE, before there is a match`,
      remedy: 'Use it in MEASURES.',
      at: call.span,
    })
}

function refuseNested(inner: Call, name: string): undefined {
  const what = functionName(inner)
  if (what === 'FIRST' || what === 'LAST' || what === 'PREV' || what === 'NEXT')
    throw new UnsupportedSqlError({
      what: `${what} inside of ${name}`,
      remedy: 'Use one of them.',
      at: inner.span,
    })
  return undefined
}

function single(
  variables: ReadonlySet<number | undefined>,
  name: string,
  at: SourceSpan,
): number | undefined {
  const [only, second] = variables
  if (variables.size > 1 || second !== undefined)
    throw new InvalidSqlError({
      problem: `${name} reads rows of several pattern variables`,
      remedy: 'Give each call the columns of one variable, and combine the results.',
      at,
    })
  return only
}
