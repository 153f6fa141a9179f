// Texts that are equal exactly when two nodes over the same inputs, or two expressions, mean the same.
//
// Built-in functions are known by name and types. What a program brings (lambdas, process functions, tables) is known by
// identity: two closures with one text may differ. What depends on clocks or chance equals only itself, but for the processing time
// of a row, which it has once.

import { createBuiltInRegistry } from '../functions/built-in.ts'
import type { AggregateCall, Expression, SortKey } from '../plan/expression.ts'
import type { MatchExpressions, MatchPart } from '../plan/match.ts'
import type { PlanNode } from '../plan/node.ts'
import type { ExpressionVisitor, PlanVisitor } from '../plan/visit.ts'
import { visitExpression, visitNode } from '../plan/visit.ts'
import { formatType } from '../types/data-type.ts'
import type { Value } from '../types/value.ts'

/** Makes keys that are comparable with each other. */
export class StructuralKeys {
  readonly #identities = new WeakMap<object, number>()
  #identified = 0
  readonly #builtIns = createBuiltInRegistry()

  /** @param inputs keys of the node's inputs, which stand for them */
  node(node: PlanNode, inputs: readonly number[]): string {
    const schema = node.schema.map(c => [c.name, formatType(c.type)])
    return JSON.stringify([node.kind, inputs, schema, visitNode(node, NODE_PARTS, this)])
  }

  /** A number for an object; the same for the same object only. */
  identity(object: object): number {
    const known = this.#identities.get(object)
    if (known !== undefined) return known
    this.#identities.set(object, this.#identified)
    return this.#identified++
  }

  isBuiltIn(name: string): boolean {
    return this.#builtIns.scalar(name)?.name === name
  }

  isBuiltInAggregate(name: string): boolean {
    return this.#builtIns.aggregate(name)?.name === name
  }

  expression(expression: Expression): unknown {
    return [formatType(expression.type), visitExpression(expression, EXPRESSION_PARTS, this)]
  }

  expressions(list: readonly Expression[]): unknown {
    return list.map(e => this.expression(e))
  }

  order(order: readonly SortKey[]): unknown {
    return order.map(k => [this.expression(k.expression), k.descending, k.nullsFirst])
  }

  match({ parts, columns }: MatchExpressions): unknown {
    const partOf = (part: MatchPart): unknown => {
      if (part.kind === 'rowtime') return part.kind
      const of =
        part.kind === 'aggregate'
          ? this.aggregates([part.call])
          : [part.offset, this.expression(part.value)]
      return [part.kind, part.variable ?? null, of]
    }
    return [parts.map(partOf), this.expressions(columns.map(c => c.expression))]
  }

  aggregates(calls: readonly AggregateCall[]): unknown {
    return calls.map(c => [
      c.name,
      c.function,
      this.isBuiltInAggregate(c.function) ? 0 : this.identity(c.binding),
      this.expressions(c.args),
      c.distinct,
      c.filter ? this.expression(c.filter) : null,
      formatType(c.type),
    ])
  }
}

const EXPRESSION_PARTS: ExpressionVisitor<unknown, [keys: StructuralKeys]> = {
  literal: (e, keys) => ['literal', literalPart(e.value, keys)],
  column: e => ['column', e.index],
  call: (e, keys) => [
    'call',
    e.name,
    keys.isBuiltIn(e.name) && (!e.binding.usesContext || e.name === 'PROCTIME')
      ? 0
      : keys.identity(e.binding),
    keys.expressions(e.args),
  ],
  logical: (e, keys) => [e.op, keys.expressions(e.args)],
  case: (e, keys) => [
    'case',
    e.branches.map(b => keys.expressions([b.when, b.then])),
    keys.expression(e.otherwise),
  ],
  cast: (e, keys) => ['cast', e.safe, keys.expression(e.arg)],
  field: (e, keys) => ['field', e.index, keys.expression(e.arg)],
}

function literalPart(value: Value, keys: StructuralKeys): unknown {
  switch (typeof value) {
    case 'bigint':
      return `${value}n`
    case 'number':
      return Object.is(value, -0) ? '-0' : Number.isFinite(value) ? value : String(value)
    case 'object':
      return value === null ? null : { identity: keys.identity(value) }
    default:
      return [value]
  }
}

/** Of VALUES with more rows than that the rows are not compared. */
const MOST_VALUES = 1000

const NODE_PARTS: PlanVisitor<unknown, [keys: StructuralKeys]> = {
  scan: (n, keys) => [
    keys.identity(n.table),
    n.columns,
    n.reads ?? null,
    n.partitions ? keys.expression(n.partitions) : null,
  ],
  values: (n, keys) =>
    n.rows.length * n.schema.length <= MOST_VALUES
      ? n.rows.map(row => row.map(value => literalPart(value, keys)))
      : keys.identity(n.rows),
  filter: (n, keys) => keys.expression(n.condition),
  project: (n, keys) => keys.expressions(n.columns.map(c => c.expression)),
  watermark: (n, keys) => [n.column, keys.expression(n.watermark)],
  window: n => [n.timeColumn, n.window],
  'late-rows': n => [n.timeColumn, n.window],
  aggregate: (n, keys) => [
    keys.expressions(n.keys.map(k => k.expression)),
    keys.aggregates(n.aggregates),
    n.groupingSets ?? null,
    n.stateTtlMs ?? null,
  ],
  join: (n, keys) => [n.join, keys.expression(n.condition), n.stateTtlMs ?? null],
  'temporal-join': (n, keys) => [
    n.join,
    n.timeColumn,
    keys.expression(n.condition),
    n.rightKey,
    n.rightTimeColumn,
    n.lookup ?? null,
  ],
  unnest: (n, keys) => [n.join, keys.expression(n.collection), n.withOrdinality],
  rank: (n, keys) => [
    n.function,
    keys.expressions(n.partition),
    keys.order(n.order),
    n.from,
    n.to,
    n.withRank,
  ],
  over: (n, keys) => [
    keys.expressions(n.partition),
    keys.order(n.order),
    n.frame,
    keys.aggregates(n.calls),
    n.positions.map(p => [p.name, p.function, keys.expressions(p.args), formatType(p.type)]),
  ],
  match: (n, keys) => [
    keys.expressions(n.partition),
    keys.order(n.order),
    n.definition.variables.map(v => [v.name, v.condition ? keys.match(v.condition) : null]),
    n.definition.pattern,
    n.definition.skip,
    n.definition.withinMs,
    keys.match(n.measures),
  ],
  sort: (n, keys) => [keys.order(n.order), n.offset, n.limit ?? null],
  union: () => [],
  'set-operation': n => [n.operation, n.all],
  process: (n, keys) => [keys.expressions(n.keys), keys.identity(n.process), n.output],
  sink: (n, keys) => `${keys.identity(n.table)} ${n.onConflict ?? ''} ${n.overwrite ?? false}`,
}
