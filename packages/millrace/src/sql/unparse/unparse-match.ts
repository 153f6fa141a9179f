// MATCH_RECOGNIZE of the plan back to syntax.

import { columnsRead, walkExpression } from '../../plan/children.ts'
import type { MatchExpressions, MatchPart, MatchPattern, MatchSkip } from '../../plan/match.ts'
import type { PlanNodeOf } from '../../plan/node.ts'
import { type DataType, sameType, types } from '../../types/data-type.ts'
import type { Expression } from '../ast/expression.ts'
import type { MatchRecognize, Pattern } from '../ast/query.ts'
import { distinctNames } from '../binder/output-names.ts'
import type { Block } from './block.ts'
import { aliasOf, callOf, columnRef, identifier, NOWHERE as span, number } from './syntax.ts'
import { intervalOf, unparse, unparseAggregate, unparseSortKey } from './unparse-expression.ts'
import type { PlanUnparser } from './unparse-plan.ts'

type Match = PlanNodeOf<'match'>

/** `FROM name MATCH_RECOGNIZE (…) AS t`; the input is a table, or a query of WITH. */
export function unparseMatch(unparser: PlanUnparser, node: Match): Block {
  const { input, definition, measures } = node
  const table = unparser.nameOf(input)
  const names = distinctNames(input.schema.map(c => c.name))
  const own = unparser.context(names.map(name => ({ name, expression: columnRef(name) })))
  const within = new MatchReader(unparser, node, names)
  const { afterMatch, define } = {
    afterMatch: skipOf(definition.skip, definition.variables),
    define: definition.variables.flatMap(({ name, condition }) => {
      const [column] = condition ? within.columns(condition) : []
      return column ? [{ variable: identifier(name), condition: column.expression }] : []
    }),
  }
  const alias = unparser.freshAlias()
  const from: MatchRecognize = {
    kind: 'match-recognize',
    input: {
      kind: 'table',
      path: table.split('.').map(identifier),
      hints: [],
      asOf: undefined,
      alias: undefined,
      span,
    },
    partitionBy: node.partition.map(e => unparse(e, own)),
    orderBy: node.order.map(k => unparseSortKey(k, own)),
    measures: within
      .columns(measures)
      .map(({ name, expression }) => ({ name: identifier(name), expression })),
    rowsPerMatch: 'ONE',
    afterMatch,
    pattern: patternOf(definition.pattern, definition.variables),
    within: definition.withinMs > 0 ? intervalOf(definition.withinMs) : undefined,
    subsets: [],
    define,
    alias: aliasOf(alias),
    span,
  }
  const columns = unparser.columnsUnder(
    alias,
    node.schema.map(c => c.name),
  )
  return { from, columns }
}

/** Expressions over a match, its parts as SQL reads them. */
class MatchReader {
  readonly #unparser: PlanUnparser
  readonly #node: Match
  readonly #names: readonly string[]

  constructor(unparser: PlanUnparser, node: Match, names: readonly string[]) {
    this.#unparser = unparser
    this.#node = node
    this.#names = names
  }

  columns({ parts, columns }: MatchExpressions) {
    const context = this.#unparser.context(
      parts.map((part, i) => ({ name: `$${i}`, expression: this.#part(part, i, columns) })),
    )
    return columns.map(({ name, expression }) => ({
      name,
      expression: unparse(expression, context),
    }))
  }

  #part(part: MatchPart, position: number, columns: MatchExpressions['columns']): Expression {
    if (part.kind === 'rowtime') return this.#rowtime(typeOfPart(position, columns))
    const context = this.#of(part.variable)
    if (part.kind === 'aggregate') {
      const { call } = part
      // Only its argument says which variable's rows are counted.
      const anyColumn = context.columns[0]
      return call.args.length === 0 && part.variable !== undefined && anyColumn
        ? callOf(call.function, [anyColumn])
        : unparseAggregate(call, context)
    }
    const value = unparse(part.value, context)
    if (part.kind === 'last' && part.offset === 0) return value
    const offset = part.offset > 0 ? [number(part.offset)] : []
    return callOf(part.kind.toUpperCase(), [value, ...offset])
  }

  /** The input's columns, of the rows of a variable. */
  #of(variable: number | undefined) {
    const qualifier = variable === undefined ? [] : [this.#variable(variable)]
    return this.#unparser.context(
      this.#names.map(name => ({ name, expression: columnRef(...qualifier, name) })),
    )
  }

  #variable(index: number): string {
    return this.#node.definition.variables[index]?.name ?? ''
  }

  /** Without an argument it is a TIMESTAMP(3), else of the argument's type. */
  #rowtime(type: DataType | undefined): Expression {
    const [first] = this.#node.order
    const [column = -1] = first ? columnsRead(first.expression) : []
    const isPlain = type === undefined || sameType(type, types.timestamp(3))
    const name = isPlain ? undefined : this.#names[column]
    return callOf('MATCH_ROWTIME', name === undefined ? [] : [columnRef(name)])
  }
}

/** The type as which the columns read a part. */
function typeOfPart(position: number, columns: MatchExpressions['columns']): DataType | undefined {
  for (const { expression } of columns)
    for (const e of walkExpression(expression))
      if (e.kind === 'column' && e.index === position) return e.type
  return undefined
}

type Variables = Match['definition']['variables']

function patternOf(pattern: MatchPattern, variables: Variables): Pattern {
  switch (pattern.kind) {
    case 'variable':
      return { kind: 'variable', name: nameOf(pattern.variable, variables), span }
    case 'sequence':
      return { kind: 'sequence', items: pattern.items.map(i => patternOf(i, variables)), span }
    case 'repeat': {
      const { min, greedy } = pattern
      const max = Number.isFinite(pattern.max) ? pattern.max : undefined
      return { kind: 'repeat', item: patternOf(pattern.item, variables), min, max, greedy, span }
    }
  }
}

function skipOf(skip: MatchSkip, variables: Variables): MatchRecognize['afterMatch'] {
  switch (skip.kind) {
    case 'to-next-row':
      return { kind: 'TO NEXT ROW' }
    case 'past-last-row':
      return { kind: 'PAST LAST ROW' }
    default: {
      const kind = skip.kind === 'to-first' ? 'TO FIRST' : 'TO LAST'
      return { kind, variable: nameOf(skip.variable, variables) }
    }
  }
}

const nameOf = (index: number, variables: Variables) => identifier(variables[index]?.name ?? '')
