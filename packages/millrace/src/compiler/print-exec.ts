// The physical plan as indented text: kind, what it does, changelog mode of its output.

import type { KeyLookupJoinExec } from './nodes/join-exec.ts'
import { printLookupHint } from '../plan/lookup-hint.ts'
import { printAggregate, printExpression, printSortKey } from '../plan/print-expression.ts'
import { printPattern } from '../plan/match/print-match.ts'
import type { Expression } from '../plan/expression.ts'
import { formatDuration } from '../types/duration.ts'
import type { EquiKey } from './nodes/join-exec.ts'
import type { ExecNode } from './exec-node.ts'

/** One line per node, inputs indented below it. A node that was printed before, as `seen` tells, is only named. */
export function printExec(node: ExecNode, seen: Set<ExecNode> = new Set()): string {
  const lines: string[] = []
  const print = (at: ExecNode, depth: number, most?: number): void => {
    const again = seen.has(at) && at.inputs.length > 0
    lines.push(
      `${'  '.repeat(depth)}${describeExec(at)}${describeTtl(at)} [${at.output}]${at.kind === 'source' && most !== undefined ? ` limit=${most}` : ''}${again ? ' (as above)' : ''}`,
    )
    if (again) return
    seen.add(at)
    for (const input of at.inputs) print(input, depth + 1, rowsNeededBelow(at, most))
  }
  print(node, 0)
  return lines.join('\n')
}

/** How many rows of its inputs a node needs at most; undefined: there is no telling. */
function rowsNeededBelow(node: ExecNode, most: number | undefined): number | undefined {
  if (node.kind === 'limit') return Math.min(node.offset + node.limit, most ?? Infinity)
  const passesAll = (node.kind === 'calc' && !node.condition) || node.kind === 'watermark'
  return passesAll || node.kind === 'union' ? most : undefined
}

/** How long idle state lives, where it does not for ever. */
function describeTtl({ ttl }: ExecNode): string {
  if (!ttl) return ''
  const each = [...new Set(ttl.ms)].map(ms => (ms === 0 ? 'for ever' : formatDuration(ms)))
  return ` ttl ${each.join(', ')} of ${ttl.line} time`
}

/** What the node does, in one line. */
export function describeExec(node: ExecNode): string {
  const names = node.inputs.flatMap(i => i.schema.map(c => c.name))
  const list = (expressions: readonly Expression[]) =>
    expressions.map(e => printExpression(e, names)).join(', ')
  const field = (index: number) => node.inputs[0]?.schema[index]?.name ?? `#${index}`
  switch (node.kind) {
    case 'source': {
      const read = node.table.schema.filter((_, i) => node.reads[i]).map(c => c.name)
      const partitions = node.partitions
        ? ` of partitions ${printExpression(
            node.partitions,
            node.table.schema.map(c => c.name),
          )}`
        : ''
      return `source ${node.table.name} (${node.table.connector}) reads ${read.join(', ') || 'nothing'}${partitions}`
    }
    case 'values':
      return `values ${node.rows.length} rows`
    case 'calc': {
      const columns = node.columns
        .map(c => {
          const text = printExpression(c.expression, names)
          return text === c.name ? text : `${text} AS ${c.name}`
        })
        .join(', ')
      return `calc ${columns}${node.condition ? ` where ${printExpression(node.condition, names)}` : ''}`
    }
    case 'watermark':
      return `watermark ${field(node.column)} = ${printExpression(node.watermark, names)}`
    case 'processing-clock':
      return `processing-clock as ${field(node.timeColumn)}`
    case 'window-assign':
      return `window-assign ${JSON.stringify(node.window)} on ${field(node.timeColumn)}`
    case 'group-aggregate':
    case 'window-aggregate': {
      const keys = list(node.groupKeys.map(k => k.expression))
      const calls = node.aggregates.map(a => printAggregate(a, names)).join(', ')
      const window = node.kind === 'window-aggregate' ? ` ${JSON.stringify(node.window)}` : ''
      return `${node.kind}${window} by [${keys}] ${calls}`
    }
    case 'join':
    case 'window-join':
    case 'interval-join':
    case 'temporal-join':
    case 'lookup-join': {
      const bounds =
        node.kind === 'interval-join' ? ` within ${node.lowerMs}..${node.upperMs} ms` : ''
      const rest = node.residual ? ` and ${printExpression(node.residual)}` : ''
      return `${node.kind} ${node.join} on ${equi(node.equi)}${bounds}${rest}`
    }
    case 'normalize':
      return `normalize by [${node.key.map(i => node.schema[i]?.name).join(', ')}]`
    case 'materialize':
      return `materialize by [${node.sinkKey.map(i => node.schema[i]?.name).join(', ')}]${
        node.onConflict === 'deduplicate' ? '' : ` on conflict do ${node.onConflict}`
      }`
    case 'late-rows':
      return `late-rows ${JSON.stringify(node.window)}`
    case 'session-window':
      return `session-window${node.gives === 'late' ? ' late rows' : ''} gap ${node.gapMs} ms by [${node.partition.map(i => node.schema[i]?.name).join(', ')}]`
    case 'rank':
    case 'window-rank':
      return `${node.kind} ${node.from}..${node.to} by [${list(node.partition)}] order ${node.order
        .map(k => printSortKey(k, names))
        .join(', ')}`
    case 'deduplicate':
      return `deduplicate keep ${node.keep} by [${list(node.partition)}]`
    case 'over':
      return `over by [${list(node.partition)}] ${[
        ...node.calls.map(c => printAggregate(c, names)),
        ...node.positions.map(p => `${p.function}(${list(p.args)})`),
      ].join(', ')}`
    case 'match':
      return `match (${printPattern(node.definition.pattern, node.definition.variables)}) by [${list(node.partition)}] order ${node.order
        .map(k => printSortKey(k, names))
        .join(', ')}`
    case 'limit':
      return `limit ${node.limit}${node.offset > 0 ? ` offset ${node.offset}` : ''}`
    case 'sort':
      return `sort ${node.order.map(k => printSortKey(k, names)).join(', ')}${
        node.limit === undefined ? '' : ` limit ${node.limit}`
      }`
    case 'process':
      return `process ${node.process.name} by [${list(node.groupKeys)}]`
    case 'side-output':
      return `side-output ${node.name}`
    case 'key-lookup-join':
      return printKeyLookup(node)
    case 'async-call':
      return `async ${list(node.calls)}`
    case 'unnest':
      return `unnest ${printExpression(node.collection, names)}`
    case 'sink':
      return `sink ${node.table.name} (${node.table.connector}) ${node.mode}`
    case 'set-operation':
      return `${node.operation} all`
    case 'union':
    case 'finalize':
      return node.kind
  }
}

function equi(keys: readonly EquiKey[]): string {
  return keys
    .map(
      k =>
        `${printExpression(k.left)} ${k.nullSafe ? 'is not distinct from' : '='} ${printExpression(k.right)}`,
    )
    .join(' and ')
}

/** Such as `key-lookup-join left products by [sku], 100 at once, PARTIAL cache of 1000`. */
function printKeyLookup(node: KeyLookupJoinExec): string {
  const { join, table, keyColumns, keyValues, equi: others, residual, policy, cache } = node
  const names = node.inputs[0]?.schema.map(c => c.name) ?? []
  const keys = keyColumns.map(
    (column, i) =>
      `${printExpression(keyValues[i] as Expression, names)} = ${table.schema[column]?.name}`,
  )
  const also = [
    ...(node.condition
      ? [
          printExpression(
            node.condition,
            table.schema.map(c => c.name),
          ),
        ]
      : []),
    ...(others.length > 0 ? [equi(others)] : []),
    ...(residual ? [printExpression(residual)] : []),
  ]
  const { atOnce, timeoutMs, retry } = policy
  const asked = printLookupHint({
    async: atOnce > 1,
    capacity: atOnce,
    timeoutMs,
    ...(retry && { retry }),
  })
  const kept = cache
    ? `, answers kept${cache.maxRows === undefined ? '' : ` of ${cache.maxRows} keys`}`
    : ''
  return `key-lookup-join ${join} ${table.name} on ${[...keys, ...also].join(' and ')}${asked}${kept}`
}
