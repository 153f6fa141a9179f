// Logical plans back to queries: each node a SELECT over the SELECT of its input, melted into one where it can be.

import type { FunctionRegistry } from '../../functions/registry.ts'
import type { BindingEnvironment } from '../../plan/create-expression.ts'
import type { PlanNode, PlanNodeOf } from '../../plan/node.ts'
import { isSetOfDistinct } from '../../plan/compose/set-operations.ts'
import { assertNever } from '../../types/errors.ts'
import type { Expression } from '../ast/expression.ts'
import type { CommonTable, Query, QueryBody } from '../ast/query.ts'
import { distinctNames } from '../binder/output-names.ts'
import { type Block, type BlockColumn, isOpen, isOrdered, toQuery, unordered } from './block.ts'
import { noSql } from './no-sql-error.ts'
import {
  allOf,
  binary,
  columnRef,
  derived,
  identifier,
  NOWHERE as span,
  number,
  tableRef,
} from './syntax.ts'
import { unparseGrouping, unparseGroups, unparseRepeatedSets } from './unparse-aggregate.ts'
import { unparse, unparseSortKey, type UnparseContext } from './unparse-expression.ts'
import {
  unparseJoin,
  unparseLateRows,
  unparseTemporalJoin,
  unparseUnnest,
} from './unparse-joins.ts'
import { isSelection, repeatsWork } from './ordered-selection.ts'
import { unparseMatch } from './unparse-match.ts'
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

  /** What expressions are made with, to be compared. */
  get environment(): BindingEnvironment {
    return { functions: this.#environment.functions, session: { timeZone: 'UTC' } }
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
        const input = this.#filtered(node)
        const where = unparse(node.condition, this.context(input.columns))
        return { ...input, where: allOf([input.where, where]) }
      }
      case 'project':
        return unparseGrouping(this, node) ?? this.#project(node)
      case 'aggregate':
        return this.#setOfDistinct(node) ?? unparseGroups(this, node)
      case 'window':
        return unparseWindow(this, node)
      case 'join':
        return unparseJoin(this, node)
      case 'temporal-join':
        return unparseTemporalJoin(this, node)
      case 'unnest':
        return unparseUnnest(this, node)
      case 'rank':
        return this.#rank(node)
      case 'over': {
        const input = this.input(node.input)
        return { ...input, ...unparseOver(node, input.columns, this.context(input.columns)) }
      }
      case 'sort':
        return this.#sort(node)
      case 'union':
        return (
          unparseRepeatedSets(this, node) ?? this.#setOperation(node, 'UNION', true, node.inputs)
        )
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
        return unparseLateRows(this, node)
      case 'match':
        return unparseMatch(this, node)
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
    const name = this.nameQuery(toQuery(withoutOrder(this.block(node))))
    this.#commonOf.set(node, name)
    return name
  }

  /** The name that WITH gives a query. */
  nameQuery(query: Query): string {
    const name = `q${this.common.length + 1}`
    this.common.push({ name: identifier(name), columns: [], query, span })
    return name
  }

  isTableFunction(name: string): boolean {
    return this.#environment.functions.table(name) !== undefined
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
  open(node: PlanNode): Block {
    const block = this.block(node)
    return isOpen(block) ? block : this.derived(block)
  }

  /** What a condition can be put into. One over EXISTS or a rank's bounds stays there: beside them it would be evaluated before. */
  #filtered(node: PlanNodeOf<'filter'>): Block {
    const ordered = this.#ordered(node, node.input)
    if (ordered && !hasExists(ordered.where)) return ordered
    const input = ordered ?? this.open(node.input)
    return hasExists(input.where) || isOfRank(node) ? this.derived(input) : input
  }

  /** A SELECT in an order, into which conditions and projections can be put: around it its order would be lost. */
  #ordered(node: PlanNode, input: PlanNode): Block | undefined {
    if (!isSelection(input) || repeatsWork(node, input)) return undefined
    const block = this.block(input)
    return isOrdered(block) && !block.isComputed && !block.groupBy && !block.body
      ? block
      : undefined
  }

  /** The input of what a SELECT does after its list: a projection below it stays a query of its own, as in the plan. */
  input(node: PlanNode): Block {
    return isProjected(node) ? this.derived(this.block(node)) : this.open(node)
  }

  unorderedBlock(node: PlanNode): Block {
    return unordered(this.block(node))
  }

  /** As {@link input}, of what takes rows in any order. */
  unorderedInput(node: PlanNode): Block {
    const block = this.unorderedBlock(node)
    return isProjected(node) || !isOpen(block) ? this.derived(block) : block
  }

  derived(block: Block): Block {
    const names = distinctNames(block.columns.map(c => c.name))
    const columns = block.columns.map((c, i) => ({ ...c, name: names[i] as string }))
    const alias = this.freshAlias()
    // A SELECT has a column, also where none is read.
    const shown = columns.length > 0 ? columns : [{ name: 'nothing', expression: number(0) }]
    const from = derived(toQuery(withoutOrder({ ...block, columns: shown })), alias)
    return { from, columns: this.columnsUnder(alias, names) }
  }

  #project(node: PlanNodeOf<'project'>): Block {
    const input = this.#ordered(node, node.input) ?? this.open(node.input)
    const context = this.context(input.columns)
    const columns = node.columns.map(({ name, expression }) => ({
      name,
      expression: unparse(expression, context),
    }))
    return { ...input, columns }
  }

  /** ROW_NUMBER in a sub-query, its bounds around it. */
  #rank(node: PlanNodeOf<'rank'>): Block {
    const input = this.input(node.input)
    const taken = input.columns.map(c => c.name)
    const own = node.withRank ? (node.schema.at(-1)?.name ?? 'rank') : 'rank'
    const name = distinctNames([...taken, own]).at(-1) as string
    const rank = { name, expression: unparseRankCall(node, this.context(input.columns)) }
    if (node.withRank && node.from === 1 && !Number.isFinite(node.to))
      return { ...input, columns: [...input.columns, rank], isComputed: true }
    const inner = this.derived({ ...input, columns: [...input.columns, rank], isComputed: true })
    const position = inner.columns.at(-1)?.expression as Expression
    const where =
      node.from === node.to
        ? binary('=', position, number(node.from))
        : allOf([
            node.from > 1 ? binary('>=', position, number(node.from)) : undefined,
            Number.isFinite(node.to) ? binary('<=', position, number(node.to)) : undefined,
          ])
    return { ...inner, where, columns: node.withRank ? inner.columns : inner.columns.slice(0, -1) }
  }

  #sort(node: PlanNodeOf<'sort'>): Block {
    const input = this.input(node.input)
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

  /** INTERSECT and EXCEPT, which the plan has as the different rows of a semi-join or anti-join. */
  #setOfDistinct(node: PlanNodeOf<'aggregate'>): Block | undefined {
    const { input } = node
    if (!isSetOfDistinct(node) || input.kind !== 'join') return undefined
    const operator = input.join === 'semi' ? 'INTERSECT' : 'EXCEPT'
    return this.#setOperation(node, operator, false, [input.left, input.right])
  }

  #setOperation(
    node: PlanNode,
    operator: 'UNION' | 'INTERSECT' | 'EXCEPT',
    all: boolean,
    inputs: readonly PlanNode[],
  ): Block {
    const bodies = inputs.map((input): QueryBody => {
      const block = this.unorderedBlock(input)
      const query = toQuery((block.orderBy ?? block.limit) ? this.derived(block) : block)
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

/** Whether it is a projection, filtered or not. */
const isProjected = (node: PlanNode): boolean =>
  node.kind === 'filter' ? isProjected(node.input) : node.kind === 'project'

/** Whether its condition may be on the rank that rows have among the first. */
function isOfRank(node: PlanNode): boolean {
  if (node.kind === 'filter' || node.kind === 'project') return isOfRank(node.input)
  return node.kind === 'rank' && node.withRank && Number.isFinite(node.to)
}

function hasExists(where: Expression | undefined): boolean {
  if (where?.kind === 'binary') return hasExists(where.left) || hasExists(where.right)
  return where?.kind === 'unary' ? hasExists(where.operand) : where?.kind === 'exists'
}

/** A query inside of another: it has no order but for its LIMIT. */
function withoutOrder(block: Block): Block {
  if (isOrdered(block)) throw noSql('The order of a query inside of another')
  return block
}
