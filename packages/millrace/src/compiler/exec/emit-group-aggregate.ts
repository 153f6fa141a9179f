// Code of unwindowed aggregation: find the key's entry, change its accumulators, emit the change of the result.

import { GroupAggregateOperator } from '../../runtime/operators/group-aggregate-operator.ts'
import type { TableEntry } from '../../runtime/operators/keyed-table.ts'
import { InternalError } from '../../types/errors.ts'
import type { AccumulatorField } from '../../functions/function-definition.ts'
import { LargeMap } from '../../runtime/operators/large-map.ts'
import type { MapField } from '../../runtime/operators/map-members.ts'
import { notNull, types, withNullable } from '../../types/data-type.ts'
import type { BlockScope } from '../code/code-module.ts'
import { EmittedColumn, type EmittedRow } from '../code/emitted-row.ts'
import { emitExpression } from '../code/emit-expression.ts'
import type { GroupAggregateExec } from '../nodes/aggregate-exec.ts'
import type { TaskEmitter } from '../task-emitter.ts'
import { Accumulators, type CallInputs, flattenInputs } from './accumulators.ts'
import { declareEntryClass } from './entry-class.ts'
import { groupingSetsOf, type GroupingSet, keyTypesOf } from './grouping-sets.ts'
import { emitRowKey } from './key-code.ts'
import { bindTable } from './table-layout.ts'

/** The operator's generated parts, made once per node. */
interface Generated {
  readonly process: string
  readonly accumulators: Accumulators
  readonly sets: readonly GroupingSet[]
}

const generatedOf = new WeakMap<TaskEmitter, Map<GroupAggregateExec, Generated>>()

/** Emits the call of the operator's function for a row. */
export function emitGroupAggregate(
  emitter: TaskEmitter,
  node: GroupAggregateExec,
  _input: number,
  scope: BlockScope,
  row: EmittedRow,
): void {
  const generated = generate(emitter, node)
  const env = emitter.environment(row.columns, node)
  const keys = node.groupKeys.map(k => emitExpression(scope, k.expression, env))
  const inputs = generated.accumulators.emitInputs(scope, env)
  const values = flattenInputs(inputs)
  for (const set of generated.sets) {
    const args = [row.kind, ...keys.map((k, i) => (set.has(i) ? k : 'null')), ...values]
    if (node.groupingSets) args.push(String(set.id))
    scope.statement(`${generated.process}(${args.join(', ')})`)
  }
}

function generate(emitter: TaskEmitter, node: GroupAggregateExec): Generated {
  const perNode = generatedOf.get(emitter) ?? new Map<GroupAggregateExec, Generated>()
  generatedOf.set(emitter, perNode)
  const known = perNode.get(node)
  if (known) return known

  const { module } = emitter
  const input = node.inputs[0]
  const retracts = input !== undefined && input.output !== 'append'
  const batch = emitter.services.mode === 'batch'
  const accumulators = new Accumulators(node.aggregates, retracts)
  const sets = groupingSetsOf(node)
  const keyTypes = keyTypesOf(node)
  const keyCount = keyTypes.length + (node.groupingSets ? 1 : 0)
  const mapTypes = node.groupingSets ? [...keyTypes, notNull(types.int)] : keyTypes
  const ttl = emitter.services.ttlOf(node)
  const largeMap = module.constant(LargeMap, 'LargeMap')
  const entryClass = declareEntryClass(
    module,
    keyCount,
    accumulators.fields.map(f => (f.mayGrow ? { ...f, initial: `new ${largeMap}()` } : f)),
    [{ name: 'count', initial: '0' }],
    ttl ? ['stamp'] : [],
  )

  const operator = new GroupAggregateOperator<TableEntry>(node.id, batch, ttl)
  const op = emitter.addOperator(node, operator)
  const emit = emitResultFunction(emitter, node)
  const keyNames = Array.from({ length: keyCount }, (_, i) => `k${i}`)
  const shape = accumulators.parameters()
  const parameters = ['kind', ...keyNames.slice(0, keyTypes.length), ...shape.names]
  if (node.groupingSets) parameters.push(keyNames[keyTypes.length] as string)

  module.declare(`let table_${op}`)
  const results = (scope: BlockScope, entry: string): string[] =>
    accumulators.emitResults(scope, entry)
  const emitChange = (scope: BlockScope, kind: string, entry: string, atoms: readonly string[]) => {
    scope.statement(`${op}.recordsOut++`)
    scope.statement(
      `${emit}(${[kind, ...keyNames.map(k => `${entry}.${k}`), ...atoms].join(', ')})`,
    )
  }

  const process = module.addFunction(`process_${node.kind}`, parameters, scope => {
    scope.statement(`${op}.recordsIn++`)
    const key = emitRowKey(scope, mapTypes, keyNames)
    const expiry = `table_${op}.expiry`
    if (ttl) scope.statement(`${expiry}.observe()`)
    scope.statement(`let entry = table_${op}.${ttl ? 'find' : 'map.get'}(${key})`)
    scope.statement(
      `if (entry === undefined && table_${op}.stored !== undefined) entry = table_${op}.recall([${keyNames.join(', ')}])`,
    )
    scope.block('if (entry === undefined) ', fresh => {
      // A row taken back that was never there: it was dropped upstream, or its key has gone.
      if (retracts) fresh.statement('if ((kind & 1) === 1) return')
      fresh.statement(`entry = new ${entryClass.name}(${keyNames.join(', ')})`)
      fresh.statement(`table_${op}.map.set(${key}, entry)`)
      if (ttl) fresh.statement(`${expiry}.add(entry)`)
    })
    if (ttl) scope.statement(`else ${expiry}.stamp(entry)`)
    scope.statement(`if (!entry.dirty) { entry.dirty = true; table_${op}.dirty.push(entry) }`)
    const update = () => {
      if (accumulators.mayThrow)
        emitGuardedUpdate(scope, op, key, accumulators, shape.inputs, retracts)
      else emitUpdate(scope, accumulators, shape.inputs, retracts)
    }
    if (batch) {
      update()
      if (retracts) scope.statement(`if (entry.count === 0) table_${op}.remove(${key}, entry)`)
      return
    }
    const before = results(scope, 'entry')
    scope.statement('const first = entry.count === 0')
    update()
    if (retracts)
      scope.block('if (entry.count === 0) ', gone => {
        gone.statement(`table_${op}.remove(${key}, entry)`)
        emitChange(gone, '3', 'entry', before)
        gone.statement('return')
      })
    const after = results(scope, 'entry')
    scope.block('if (first) ', inner => emitChange(inner, '0', 'entry', after))
    // Where state expires a result that is the same is given out too: what is below counts its time from it.
    const same = ttl
      ? ['false']
      : after.map((a, i) => sameCode(scope, node, i, before[i] as string, a))
    scope.block(
      same.length > 0 ? `else if (!(${same.join(' && ')})) ` : 'else if (false) ',
      inner => {
        if (node.emitsUpdateBefore) emitChange(inner, '1', 'entry', before)
        emitChange(inner, '2', 'entry', after)
      },
    )
  })

  const final = module.addFunction(`final_${node.kind}`, ['entry'], scope =>
    emitChange(scope, '0', 'entry', results(scope, 'entry')),
  )
  const empty = module.addFunction('empty', [], scope =>
    scope.statement(`return new ${entryClass.name}()`),
  )
  bindTable<TableEntry>(emitter, {
    entryClass,
    keyTypes: mapTypes,
    valueTypes: [
      ...accumulators.fields.map(f => (f.mayGrow ? withNullable(f.type, true) : f.type)),
      notNull(types.bigint),
    ],
    mapFields: accumulators.fields.flatMap(mapField),
    variable: `table_${op}`,
    take: (layout, linked) =>
      operator.bind(
        layout,
        linked.get(final) as (entry: TableEntry) => void,
        keyCount === 0 ? (linked.get(empty) as () => TableEntry) : undefined,
      ),
    table: () => operator.table,
    links: [final, empty],
  })
  const generated = { process, accumulators, sets }
  perNode.set(node, generated)
  return generated
}

function mapField({ type, mayGrow }: AccumulatorField, position: number): readonly MapField[] {
  if (!mayGrow) return []
  if (type.kind === 'map') return [{ position, member: type.key, value: type.value }]
  if (type.kind === 'multiset')
    return [{ position, member: type.element, value: notNull(types.bigint) }]
  throw new InternalError(`a field that may grow is ${type.kind}`)
}

/** A row on which a user's function throws is not counted; a group that it would have begun is not there. */
function emitGuardedUpdate(
  scope: BlockScope,
  operator: string,
  key: string,
  accumulators: Accumulators,
  inputs: CallInputs,
  retracts: boolean,
): void {
  scope.statement('const had = entry.count')
  scope.block('try ', inner => emitUpdate(inner, accumulators, inputs, retracts))
  scope.block('catch (error) ', inner => {
    inner.statement('entry.count = had')
    inner.statement(`if (had === 0) table_${operator}.remove(${key}, entry)`)
    inner.statement('throw error')
  })
}

function emitUpdate(
  scope: BlockScope,
  accumulators: Accumulators,
  inputs: CallInputs,
  retracts: boolean,
): void {
  if (!retracts) {
    scope.statement('entry.count++')
    accumulators.emitUpdate(scope, 'entry', inputs, false)
    return
  }
  scope.block('if ((kind & 1) === 0) ', inner => {
    inner.statement('entry.count++')
    accumulators.emitUpdate(inner, 'entry', inputs, false)
  })
  scope.block('else ', inner => {
    inner.statement('entry.count--')
    accumulators.emitUpdate(inner, 'entry', inputs, true)
  })
}

/** Rows leave through one function: its three call sites do not repeat the pipeline below. */
function emitResultFunction(emitter: TaskEmitter, node: GroupAggregateExec): string {
  const keys = node.groupKeys.length
  const names = node.schema.map((_, i) => `c${i}`)
  const kept = node.groupingSets ? names.slice(0, -1) : names
  const ordered = node.groupingSets
    ? [...kept.slice(0, keys), names.at(-1) as string, ...kept.slice(keys)]
    : names
  const failed = emitter.module.constant(emitter.services.rowFailed, 'rowFailed')
  return emitter.module.addFunction(`emit_${node.kind}`, ['kind', ...ordered], scope => {
    scope.block('try ', inner =>
      emitter.push(node, inner, {
        kind: node.output === 'append' ? '0' : 'kind',
        columns: names.map(n => EmittedColumn.of(n)),
      }),
    )
    scope.statement(
      `catch (error) { ${failed}(${JSON.stringify(node.id)}, error, [${names.join(', ')}]) }`,
    )
  })
}

function sameCode(
  scope: BlockScope,
  node: GroupAggregateExec,
  i: number,
  a: string,
  b: string,
): string {
  const type = node.aggregates[i]?.type
  if (
    !type ||
    ['array', 'map', 'multiset', 'row', 'binary', 'varbinary', 'raw'].includes(type.kind)
  )
    return `${scope.constant(Object.is, 'same')}(${a}, ${b})`
  return type.kind === 'float' || type.kind === 'double'
    ? `${scope.constant(Object.is, 'same')}(${a}, ${b})`
    : `${a} === ${b}`
}
