// Logical plans back to queries: each node a SELECT over the SELECT of its input, melted into one where it can be.

import type { FunctionRegistry } from '../../functions/registry.ts'
import type { PlanNode, PlanNodeOf } from '../../plan/node.ts'
import { types } from '../../types/data-type.ts'
import { assertNever } from '../../types/errors.ts'
import type { Expression } from '../ast/expression.ts'
import type { CommonTable, GroupItem, Query, QueryBody, TableRef } from '../ast/query.ts'
import { distinctNames } from '../binder/output-names.ts'
import { type Block, type BlockColumn, isBare, isOpen, toQuery } from './block.ts'
import { NoSqlError } from './no-sql-error.ts'
import {
  aliasOf,
  allOf,
  binary,
  callOf,
  columnRef,
  derived,
  identifier,
  joinOf,
  not,
  NOWHERE as span,
  number,
  queryOf,
  selectOf,
  tableRef,
  TRUE,
} from './syntax.ts'
import {
  unparse,
  unparseAggregate,
  unparseSortKey,
  type UnparseContext,
} from './unparse-expression.ts'
import { unparseOver, unparseRankCall } from './unparse-over.ts'
import { unparseValues } from './unparse-values.ts'
import { unparseWindow } from './unparse-window.ts'

export interface UnparseEnvironment {
  readonly functions: FunctionRegistry
  /** The name by which SQL knows a node: of tables with their watermarks, of views. */
  readonly nameOf: (node: PlanNode) => string | undefined
}

/**
 * The query that a plan stands for. Its columns have the plan's names.
 *
 * @throws {NoSqlError} `MR_PLAN_NO_SQL` for what SQL cannot say, such as process functions
 */
export function unparsePlan(plan: PlanNode, environment: UnparseEnvironment): Query {
  const unparser = new PlanUnparser(environment)
  const block = unparser.block(plan)
  const columns = block.columns.map((c, i) => ({ ...c, name: plan.schema[i]?.name ?? c.name }))
  return { ...toQuery({ ...block, columns }), with: unparser.common }
}

export class PlanUnparser {
  readonly #environment: UnparseEnvironment
  /** Queries that must have a name: the inputs of windows, versioned tables. */
  readonly common: CommonTable[] = []
  readonly #commonOf = new Map<PlanNode, string>()
  #aliases = 0

  constructor(environment: UnparseEnvironment) {
    this.#environment = environment
  }

  freshAlias(): string {
    this.#aliases++
    return `t${this.#aliases}`
  }

  context(columns: readonly BlockColumn[]): UnparseContext {
    return { columns: columns.map(c => c.expression), functions: this.#environment.functions }
  }

  block(node: PlanNode): Block {
    const name = this.#environment.nameOf(node)
    if (name !== undefined) return this.#named(node, name)
    switch (node.kind) {
      case 'filter': {
        const input = this.#open(node.input)
        const where = unparse(node.condition, this.context(input.columns))
        return { ...input, where: allOf([input.where, where]) }
      }
      case 'project':
        return this.#project(node)
      case 'aggregate':
        return this.#aggregate(node)
      case 'window':
        return unparseWindow(this, node)
      case 'join':
        return this.#join(node)
      case 'temporal-join':
        return this.#temporalJoin(node)
      case 'unnest':
        return this.#unnest(node)
      case 'rank':
        return this.#rank(node)
      case 'over': {
        const input = this.#input(node.input)
        return { ...input, ...unparseOver(node, input.columns, this.context(input.columns)) }
      }
      case 'sort':
        return this.#sort(node)
      case 'union':
        return this.#setOperation(node, 'UNION', true, node.inputs)
      case 'set-operation': {
        const operator = node.operation === 'intersect' ? 'INTERSECT' : 'EXCEPT'
        return this.#setOperation(node, operator, node.all, [node.left, node.right])
      }
      case 'values':
        return unparseValues(this, node)
      case 'sink':
        return this.block(node.input)
      case 'scan':
        throw noSql(`Table ${node.table.name}, of which only some columns are read,`)
      case 'watermark':
        throw noSql('A watermark that is not that of a table')
      case 'late-rows':
        throw noSql('A table of late rows')
      case 'match':
        throw noSql('MATCH_RECOGNIZE')
      case 'process':
        throw noSql(`The process function ${node.process.name}`)
      default:
        return assertNever(node)
    }
  }

  /** The name of a table or query that gives the node's rows: what stands where SQL wants a name. */
  nameOf(node: PlanNode): string {
    const known = this.#environment.nameOf(node) ?? this.#commonOf.get(node)
    if (known !== undefined) return known
    const query = toQuery(this.block(node))
    const name = `q${this.common.length + 1}`
    this.common.push({ name: identifier(name), columns: [], query, span })
    this.#commonOf.set(node, name)
    return name
  }

  /** Columns of a relation under an alias. */
  columnsUnder(alias: string, names: readonly string[]): readonly BlockColumn[] {
    return distinctNames(names).map(name => ({ name, expression: columnRef(alias, name) }))
  }

  #named(node: PlanNode, name: string): Block {
    const alias = this.freshAlias()
    const columns = this.columnsUnder(
      alias,
      node.schema.map(c => c.name),
    )
    return { from: tableRef(name, alias), columns }
  }

  /** A block that only reads columns. */
  #open(node: PlanNode): Block {
    const block = this.block(node)
    return isOpen(block) ? block : this.#derived(block)
  }

  /** The input of what a SELECT does after its list: a projection below it stays a query of its own, as in the plan. */
  #input(node: PlanNode): Block {
    return node.kind === 'project' ? this.#derived(this.block(node)) : this.#open(node)
  }

  #derived(block: Block): Block {
    const names = distinctNames(block.columns.map(c => c.name))
    const columns = block.columns.map((c, i) => ({ ...c, name: names[i] as string }))
    const alias = this.freshAlias()
    const from = derived(toQuery({ ...block, columns }), alias)
    return { from, columns: this.columnsUnder(alias, names) }
  }

  /** A block that can stand beside others in FROM. */
  #side(node: PlanNode): Block & { readonly from: TableRef } {
    const block = this.block(node)
    const side = isBare(block) && node.kind !== 'project' ? block : this.#derived(block)
    return side as Block & { readonly from: TableRef }
  }

  #project(node: PlanNodeOf<'project'>): Block {
    const input = this.#open(node.input)
    const context = this.context(input.columns)
    const columns = node.columns.map(({ name, expression }) => ({
      name,
      expression: unparse(expression, context),
    }))
    return { ...input, columns }
  }

  #aggregate(node: PlanNodeOf<'aggregate'>): Block {
    const input = this.#input(node.input)
    const context = this.context(input.columns)
    const keys = node.keys.map(k => ({ name: k.name, expression: unparse(k.expression, context) }))
    const calls = node.aggregates.map(c => ({
      name: c.name,
      expression: unparseAggregate(c, context),
    }))
    return {
      ...input,
      columns: [...keys, ...calls, ...groupingColumn(node, keys)],
      isComputed: true,
      ...(keys.length > 0 ? { groupBy: groupsOf(node, keys) } : {}),
    }
  }

  #join(node: PlanNodeOf<'join'>): Block {
    if (node.join === 'semi' || node.join === 'anti') return this.#semiJoin(node, node.join)
    const [left, right] = [this.#side(node.left), this.#rightSide(node.right)]
    const columns = [...left.columns, ...right.columns]
    const on = unparse(node.condition, this.context(columns))
    const type = node.join.toUpperCase() as 'INNER'
    return { from: joinOf(type, left.from, right.from, on), columns }
  }

  /** Joins group from the left: one on the right is a query of its own. */
  #rightSide(node: PlanNode): Block & { readonly from: TableRef } {
    const block = this.#side(node)
    return (block.from.kind === 'join' ? this.#derived(block) : block) as typeof block
  }

  #semiJoin(node: PlanNodeOf<'join'>, kind: 'semi' | 'anti'): Block {
    const left = this.#input(node.left)
    const right = this.#rightSide(node.right)
    const where = unparse(node.condition, this.context([...left.columns, ...right.columns]))
    const items = [{ expression: number(1), alias: undefined, span }]
    const query = queryOf(selectOf({ items, from: right.from, where }))
    const exists: Expression = { kind: 'exists', query, span }
    return { ...left, where: allOf([left.where, kind === 'anti' ? not(exists) : exists]) }
  }

  #temporalJoin(node: PlanNodeOf<'temporal-join'>): Block {
    const left = this.#side(node.left)
    const alias = this.freshAlias()
    const names = node.right.schema.map(c => c.name)
    const time = left.columns[node.timeColumn]?.expression
    if (!time) throw noSql('A look-up join without a processing-time column')
    const right = tableRef(this.nameOf(node.right), alias, time)
    const columns = [...left.columns, ...this.columnsUnder(alias, names)]
    const on = unparse(node.condition, this.context(columns))
    const type = node.join === 'left' ? 'LEFT' : 'INNER'
    return { from: joinOf(type, left.from, right, on), columns }
  }

  #unnest(node: PlanNodeOf<'unnest'>): Block {
    const { collection, withOrdinality: ordinality } = node
    const left = this.#side(node.input)
    const item = unparse(collection, this.context(left.columns))
    const alias = this.freshAlias()
    const names = node.schema.slice(node.input.schema.length).map(c => c.name)
    const given = aliasOf(alias, names)
    const isTable = item.kind === 'call' && this.#environment.functions.table(nameOfCall(item))
    const right: TableRef =
      isTable && item.kind === 'call'
        ? { kind: 'table-function', call: item, lateral: true, alias: given, span }
        : { kind: 'unnest', items: [item], ordinality, alias: given, span }
    const columns = [...left.columns, ...this.columnsUnder(alias, names)]
    const from =
      node.join === 'left'
        ? joinOf('LEFT', left.from, right, TRUE)
        : joinOf('CROSS', left.from, right)
    return { from, columns }
  }

  /** ROW_NUMBER in a sub-query, its bounds around it. */
  #rank(node: PlanNodeOf<'rank'>): Block {
    const input = this.#input(node.input)
    const taken = input.columns.map(c => c.name)
    const own = node.withRank ? (node.schema.at(-1)?.name ?? 'rank') : 'rank'
    const name = distinctNames([...taken, own]).at(-1) as string
    const rank = { name, expression: unparseRankCall(node, this.context(input.columns)) }
    const inner = this.#derived({ ...input, columns: [...input.columns, rank], isComputed: true })
    const position = inner.columns.at(-1)?.expression as Expression
    const where =
      node.from === node.to
        ? binary('=', position, number(node.from))
        : allOf([
            node.from > 1 ? binary('>=', position, number(node.from)) : undefined,
            binary('<=', position, number(node.to)),
          ])
    return { ...inner, where, columns: node.withRank ? inner.columns : inner.columns.slice(0, -1) }
  }

  #sort(node: PlanNodeOf<'sort'>): Block {
    const input = this.#input(node.input)
    const context = this.context(input.columns)
    return {
      ...input,
      ...(node.order.length > 0
        ? { orderBy: node.order.map(k => unparseSortKey(k, context)) }
        : {}),
      ...(node.limit === undefined ? {} : { limit: number(node.limit) }),
      ...(node.offset === 0 ? {} : { offset: number(node.offset) }),
    }
  }

  #setOperation(
    node: PlanNode,
    operator: 'UNION' | 'INTERSECT' | 'EXCEPT',
    all: boolean,
    inputs: readonly PlanNode[],
  ): Block {
    const bodies = inputs.map((input): QueryBody => {
      const block = this.block(input)
      const query = toQuery((block.orderBy ?? block.limit) ? this.#derived(block) : block)
      return query.body
    })
    const body = bodies.reduce((left, right) => ({
      kind: 'set-operation',
      operator,
      all,
      left,
      right,
      span,
    }))
    return {
      body,
      columns: node.schema.map(c => ({ name: c.name, expression: columnRef(c.name) })),
    }
  }
}

function groupsOf(
  { groupingSets }: PlanNodeOf<'aggregate'>,
  keys: readonly BlockColumn[],
): readonly GroupItem[] {
  if (!groupingSets) return keys.map(({ expression }) => ({ kind: 'expression', expression }))
  const sets = groupingSets.map((set): GroupItem => {
    const expressions = set.map(i => (keys[i] as BlockColumn).expression)
    return { kind: 'set', expressions }
  })
  return [{ kind: 'grouping-sets', sets }]
}

/** Which set a row belongs to, as the plan's last column tells. */
function groupingColumn(
  { groupingSets, schema }: PlanNodeOf<'aggregate'>,
  keys: readonly BlockColumn[],
): readonly BlockColumn[] {
  const column = schema.at(-1)
  if (!groupingSets || !column) return []
  const operand = callOf(
    'GROUPING_ID',
    keys.map(k => k.expression),
  )
  const expression = { kind: 'cast', operand, type: types.int, safe: false, span } as const
  return [{ name: column.name, expression }]
}

const nameOfCall = (call: Extract<Expression, { kind: 'call' }>): string =>
  call.name.at(-1)?.name ?? ''

const noSql = (what: string): NoSqlError =>
  new NoSqlError({ what, remedy: 'It runs here all the same; write this part in SQL to print it.' })
