// What an operator's state consists of, as text: state of another layout cannot be read.

import {
  type DataType,
  formatType,
  isInteger,
  types,
  withNullable,
  withoutAttribute,
} from '../types/data-type.ts'
import type { Schema } from '../types/schema.ts'
import type { AggregateCall, Expression } from '../plan/expression.ts'
import type { ExecNode } from './exec-node.ts'

/**
 * By operator id, of everything that is stored: a source's connector, by which its positions go, and the columns whose values
 * operators keep. Whether NULL is allowed is no part of it, nor are lengths; integers that are only aggregated may be widened.
 */
export function stateLayouts(roots: readonly ExecNode[]): ReadonlyMap<string, string> {
  const layouts = new Map<string, string>()
  const seen = new Set<ExecNode>()
  const visit = (node: ExecNode): void => {
    if (seen.has(node)) return
    seen.add(node)
    const layout = layoutOf(node)
    if (layout !== undefined) layouts.set(node.id, layout)
    node.inputs.forEach(visit)
  }
  roots.forEach(visit)
  return layouts
}

function layoutOf(node: ExecNode): string | undefined {
  switch (node.kind) {
    case 'source':
      return `connector ${node.table.connector}`
    case 'group-aggregate':
    case 'window-aggregate':
      return `${listOf(node.groupKeys.map(k => k.expression))} ${node.aggregates
        .map(a => describeCall(a, node.inputs[0]?.output === 'append'))
        .join(', ')}`
    case 'limit':
      return 'count'
    case 'process': {
      const state = Object.entries(node.process.state).map(([name, declared]) =>
        declared.kind === 'map'
          ? `${name} MAP<${describeType(declared.key)}, ${describeType(declared.value)}>`
          : `${name} ${declared.kind} ${describeType(declared.type)}`,
      )
      return `${listOf(node.groupKeys)} ${state.join(', ')}`
    }
    case 'values':
    case 'calc':
    case 'watermark':
    case 'union':
    case 'unnest':
    case 'processing-clock':
    case 'window-assign':
    case 'late-rows':
    case 'lookup-join':
    case 'key-lookup-join':
    case 'side-output':
    case 'sink':
      return undefined
    default:
      return node.inputs.map(i => describeSchema(i.schema)).join(' and ')
  }
}

const describeSchema = (schema: Schema): string =>
  `(${schema.map(c => `${c.name} ${describeType(c.type)}`).join(', ')})`

const listOf = (expressions: readonly Expression[]): string =>
  `(${expressions.map(e => describeType(e.type)).join(', ')})`

/** Values that may have to be told apart or taken back are kept as they are. */
function describeCall(
  { function: name, args, distinct }: AggregateCall,
  isAppend: boolean,
): string {
  const isSummed = isAppend && !distinct
  const described = args.map(({ type }) =>
    isSummed && isInteger(type) ? 'INTEGER' : describeType(type),
  )
  return `${name}(${described.join(', ')})`
}

/** As far as it decides how values are stored. */
function describeType(type: DataType): string {
  const plain = withoutAttribute(withNullable(type, true))
  switch (plain.kind) {
    case 'char':
    case 'varchar':
      return formatType(types.string)
    case 'binary':
    case 'varbinary':
      return formatType(types.bytes)
    case 'array':
    case 'multiset':
      return `${plain.kind.toUpperCase()}<${describeType(plain.element)}>`
    case 'map':
      return `MAP<${describeType(plain.key)}, ${describeType(plain.value)}>`
    case 'row':
      return `ROW<${plain.fields.map(f => `${f.name} ${describeType(f.type)}`).join(', ')}>`
    default:
      return formatType(plain)
  }
}
