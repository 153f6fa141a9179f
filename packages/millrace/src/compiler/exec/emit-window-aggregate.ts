// Code of windowed aggregation: find the row's slice and the key's entry in it, change its accumulators.

import {
  WindowAggregateOperator,
  type SliceEntry,
} from '../../runtime/operators/windows/window-aggregate-operator.ts'
import { type Slicing, slicingOf } from '../../runtime/operators/windows/window-slices.ts'
import { notNull, types } from '../../types/data-type.ts'
import { assertNever } from '../../types/errors.ts'
import { localToEpochMs, windowTimerMs } from '../../types/time-zone.ts'
import type { BlockScope } from '../code/code-module.ts'
import { EmittedColumn, type EmittedRow } from '../code/emitted-row.ts'
import { emitExpression } from '../code/emit-expression.ts'
import type { AttachedWindow, WindowAggregateExec, WindowOutput } from '../nodes/aggregate-exec.ts'
import type { TaskEmitter } from '../task-emitter.ts'
import { Accumulators, type CallInputs, flattenInputs } from './accumulators.ts'
import { declareEntryClass } from './entry-class.ts'
import { groupingSetsOf, type GroupingSet, keyTypesOf } from './grouping-sets.ts'
import { emitRowKey } from './key-code.ts'
import { emitSliceEnd, windowInstant } from './emit-slice.ts'
import { bindTable } from './table-layout.ts'

interface Generated {
  readonly process: string
  readonly accumulators: Accumulators
  readonly sets: readonly GroupingSet[]
  readonly slicing: Slicing | undefined
  /** Whether the function takes the row's kind first: rows may be taken back. */
  readonly retracts: boolean
}

const generatedOf = new WeakMap<TaskEmitter, Map<WindowAggregateExec, Generated>>()

/** Emits the call of the operator's function for a row. */
export function emitWindowAggregate(
  emitter: TaskEmitter,
  node: WindowAggregateExec,
  _input: number,
  scope: BlockScope,
  row: EmittedRow,
): void {
  const { process, accumulators, sets, slicing, retracts } = generate(emitter, node)
  const env = emitter.environment(row.columns, node)
  const column = (i: number) => (row.columns[i] as EmittedColumn).value(scope)
  const slice = slicing
    ? emitSliceEnd(emitter, node, scope, slicing, column(node.timeColumn))
    : column((node.window as AttachedWindow).endColumn)
  const keys = node.groupKeys.map(k => emitExpression(scope, k.expression, env))
  if (node.window.kind === 'attached') keys.push(column(node.window.startColumn))
  const values = flattenInputs(accumulators.emitInputs(scope, env))
  for (const set of sets) {
    const args = keys.map((k, i) => (i >= node.groupKeys.length || set.has(i) ? k : 'null'))
    if (node.groupingSets) args.push(String(set.id))
    const kind = retracts ? [row.kind] : []
    scope.statement(`${process}(${[...kind, slice, ...args, ...values].join(', ')})`)
  }
}

function generate(emitter: TaskEmitter, node: WindowAggregateExec): Generated {
  const perNode = generatedOf.get(emitter) ?? new Map<WindowAggregateExec, Generated>()
  generatedOf.set(emitter, perNode)
  const known = perNode.get(node)
  if (known) return known

  const { module, services } = emitter
  const slicing = node.window.kind === 'attached' ? undefined : slicingOf(node.window)
  const retracts = node.inputs[0] !== undefined && node.inputs[0].output !== 'append'
  const accumulators = new Accumulators(node.aggregates, retracts)
  const isRunning = !retracts && canRun(node.window, accumulators)
  const sets = groupingSetsOf(node)
  const startType = notNull(types.timestamp(3))
  const keyTypes = [
    ...keyTypesOf(node),
    ...(node.window.kind === 'attached' ? [startType] : []),
    ...(node.groupingSets ? [notNull(types.int)] : []),
  ]
  const keyNames = keyTypes.map((_, i) => `k${i}`)
  const entryClass = declareEntryClass(
    module,
    keyTypes.length,
    accumulators.fields,
    retracts ? [{ name: 'count', initial: '0' }] : [],
    ['slice', 'slices', 'stored'],
  )

  const operator = new WindowAggregateOperator<SliceEntry>({
    id: node.id,
    slicing,
    isRunning,
    latenessMs: node.latenessMs,
    emitsUpdateBefore: node.output === 'retract',
    clock: services.clockOf(node),
    timeline: services.timeline,
    timerMs: windowInstant(emitter, node, windowTimerMs) ?? (end => end - 1),
  })
  const op = emitter.addOperator(node, operator)
  const shape = accumulators.parameters()

  // The slice of the row before: neighbours mostly share it. A firing may have closed it.
  module.declare(`let slice_${op} = NaN, firings_${op} = -1, entries_${op}`)
  const process = module.addFunction(
    `process_${node.kind}`,
    [...(retracts ? ['kind'] : []), 'slice', ...keyNames, ...shape.names],
    scope => {
      scope.statement(`${op}.recordsIn++`)
      scope.statement(
        `if (slice !== slice_${op} || ${op}.firings !== firings_${op}) {\n  entries_${op} = ${op}.openSlice(slice)\n  slice_${op} = slice\n  firings_${op} = ${op}.firings\n}`,
      )
      scope.statement(`if (entries_${op} === undefined) { ${op}.late++; return }`)
      const key = emitRowKey(scope, keyTypes, keyNames)
      // A row taken back that was never there: it was dropped upstream.
      if (retracts) scope.statement(`if ((kind & 1) === 1 && !entries_${op}.has(${key})) return`)
      const mayRefire = node.latenessMs > 0
      if (mayRefire) scope.statement(`const refires = ${op}.takeBack(${key}, slice)`)
      const giveAgain = `if (refires) ${op}.giveAgain(${key}, slice)`
      scope.statement(`let entry = entries_${op}.get(${key})`)
      if (accumulators.mayThrow) scope.statement('const isFresh = entry === undefined')
      scope.block('if (entry === undefined) ', fresh => {
        fresh.statement(`entry = new ${entryClass.name}(${keyNames.join(', ')})`)
        fresh.statement('entry.slice = slice')
        fresh.statement(`entries_${op}.set(${key}, entry)`)
      })
      scope.statement(`if (!entry.dirty) { entry.dirty = true; ${op}.dirty.push(entry) }`)
      if (!accumulators.mayThrow) {
        emitChange(scope, accumulators, shape.inputs, retracts)
        if (mayRefire) scope.statement(giveAgain)
        return
      }
      scope.block('try ', inner => emitChange(inner, accumulators, shape.inputs, retracts))
      scope.block('catch (error) ', inner => {
        // A group that the row would have begun is not there.
        inner.statement(`if (isFresh) { entry.live = false; entries_${op}.delete(${key}) }`)
        if (mayRefire) inner.statement(giveAgain)
        inner.statement('throw error')
      })
      if (mayRefire) scope.statement(giveAgain)
    },
  )

  const emit = emitFire(emitter, node, accumulators)
  const fresh = module.addFunction('fresh', ['entry'], scope =>
    scope.statement(`return new ${entryClass.name}(${keyNames.map(k => `entry.${k}`).join(', ')})`),
  )
  const merge = module.addFunction('merge', ['into', 'from'], scope => {
    accumulators.emitMerge(scope, 'into', 'from')
    if (retracts) scope.statement('into.count += from.count')
  })
  const unmerge = accumulators.canUnmerge
    ? module.addFunction('unmerge', ['from', 'part'], scope =>
        accumulators.emitUnmerge(scope, 'from', 'part'),
      )
    : undefined
  bindTable<SliceEntry>(emitter, {
    entryClass,
    keyTypes,
    valueTypes: [
      ...accumulators.fields.map(f => f.type),
      ...(retracts ? [notNull(types.bigint)] : []),
    ],
    links: [emit, fresh, merge, ...(unmerge ? [unmerge] : [])],
    take: (layout, linked) =>
      operator.bind({
        layout,
        emit: linked.get(emit) as never,
        fresh: linked.get(fresh) as never,
        merge: linked.get(merge) as never,
        unmerge: unmerge === undefined ? undefined : (linked.get(unmerge) as never),
      }),
  })
  const generated = { process, accumulators, sets, slicing, retracts }
  perNode.set(node, generated)
  return generated
}

/** Takes the row into the entry or back out of it; what may throw comes before the count. */
function emitChange(
  scope: BlockScope,
  accumulators: Accumulators,
  inputs: CallInputs,
  retracts: boolean,
): void {
  if (!retracts) {
    accumulators.emitUpdate(scope, 'entry', inputs, false)
    return
  }
  scope.block('if ((kind & 1) === 0) ', inner => {
    accumulators.emitUpdate(inner, 'entry', inputs, false)
    inner.statement('entry.count++')
  })
  scope.block('else ', inner => {
    accumulators.emitUpdate(inner, 'entry', inputs, true)
    inner.statement('entry.count--')
  })
}

/**
 * Whether windows are computed from the one before. A hop takes one slice in and one out, which of two slices saves nothing;
 * a cumulating window only takes in. Rounded sums must not depend on what has left, and no result may share what is taken in later.
 */
function canRun(window: WindowAggregateExec['window'], accumulators: Accumulators): boolean {
  switch (window.kind) {
    case 'hop':
      return accumulators.canUnmerge && window.sizeMs > 2 * window.slideMs
    case 'cumulate':
      return accumulators.areScalar
    default:
      return false
  }
}

/** The function through which an entry's result leaves for a window. */
function emitFire(
  emitter: TaskEmitter,
  node: WindowAggregateExec,
  accumulators: Accumulators,
): string {
  const failed = emitter.module.constant(emitter.services.rowFailed, 'rowFailed')
  return emitter.module.addFunction(
    `fire_${node.kind}`,
    ['entry', 'start', 'end', 'kind'],
    scope => {
      scope.block('try ', inner => {
        const results = accumulators.emitResults(inner, 'entry')
        const startKey = `entry.k${node.groupKeys.length}`
        const attached = node.window.kind === 'attached'
        const atom = (output: WindowOutput): string => {
          switch (output.kind) {
            case 'key':
              return inner.assign('key', `entry.k${output.index}`)
            case 'aggregate':
              return results[output.index] as string
            case 'window_start':
              return attached ? inner.assign('start', startKey) : 'start'
            case 'window_end':
              return 'end'
            case 'window_time':
              return inner.assign('time', windowTime(emitter, node, inner))
            case 'grouping':
              return inner.assign(
                'grouping',
                `entry.k${node.groupKeys.length + (attached ? 1 : 0)}`,
              )
            default:
              return assertNever(output)
          }
        }
        const columns = node.outputs.map(o => EmittedColumn.of(atom(o)))
        emitter.push(node, inner, { kind: node.latenessMs > 0 ? 'kind' : '0', columns })
      })
      scope.statement(
        `catch (error) { ${failed}(${JSON.stringify(node.id)}, error, [start, end]) }`,
      )
    },
  )
}

function windowTime(emitter: TaskEmitter, node: WindowAggregateExec, scope: BlockScope): string {
  const timeOf = windowInstant(emitter, node, localToEpochMs)
  return timeOf ? `${scope.constant(timeOf, 'windowTime')}(end)` : 'end - 1'
}
