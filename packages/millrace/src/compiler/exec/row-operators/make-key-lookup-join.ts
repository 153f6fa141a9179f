// Makes the operator of a look-up join that asks its table for each row's key.

import { LookupFailedError } from '../../../connector/lookup-failed-error.ts'
import { AsyncCallOperator } from '../../../runtime/operators/async-call-operator.ts'
import { LookupCache } from '../../../runtime/operators/joins/lookup-cache.ts'
import { createRowKey } from '../../../types/key-text.ts'
import type { Row, Value } from '../../../types/value.ts'
import type { KeyLookupJoinExec } from '../../nodes/join-exec.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import { columnOf, functionsOf, inputOf, joinKeyOf, placeOf } from './row-operator-parts.ts'

/** Between two attempts after a failure. */
const RETRY_DELAY_MS = 1000

export function makeKeyLookupJoin(
  emitter: TaskEmitter,
  node: KeyLookupJoinExec,
): AsyncCallOperator {
  const { services } = emitter
  const leftWidth = inputOf(node).schema.length
  const { policy, table } = node
  const name = `look-up of ${table.name}`
  return new AsyncCallOperator({
    id: node.id,
    calls: [
      {
        name,
        argsOf: functionsOf(emitter, node).values(node.keyValues, leftWidth),
        call: {
          call: rowsOfKey(emitter, node),
          maxInFlight: policy.atOnce,
          timeoutMs: policy.timeoutMs,
          maxAttempts: node.attempts,
          retryDelayMs: RETRY_DELAY_MS,
        },
      },
    ],
    rowsOf: joinedRows(emitter, node),
    failureOf: (_, args, cause) => new LookupFailedError({ table: table.name, key: args, cause }),
    inputClock: placeOf(emitter, node).clock,
    outputClock: services.sourceClockOf(node),
    timeline: services.timeline,
    sleep: services.sleep,
    rowFailed: (error, row) => services.rowFailed(node.id, error, row),
  })
}

/** The rows of the right side for the values of a key: asked for, or known; asked for again where there are none and the hint says so. */
function rowsOfKey(
  emitter: TaskEmitter,
  node: KeyLookupJoinExec,
): (args: readonly Value[], signal: AbortSignal) => Promise<Value> {
  const { services } = emitter
  const { table, keyColumns, right, condition, policy } = node
  const functions = functionsOf(emitter, node)
  const width = table.schema.length
  const passes = functions.condition(condition, width, 0)
  const select = functions.values(
    right.map(c => c.expression),
    width,
  )
  const keyOf = createRowKey(keyColumns.map(i => columnOf(table.schema, i).type))
  const cache = new LookupCache(node.cache, services.contextOf(node).nowMs)
  const { delayMs = 0, maxAttempts = 1 } = policy.retry ?? {}
  return async (args, signal) => {
    const key = [...args]
    if (key.includes(null)) return []
    const ask = () => services.keyLookup(node).lookup(key, signal)
    let found = await cache.get(keyOf(key), ask)
    for (let attempt = 1; found.length === 0 && attempt < maxAttempts; attempt++) {
      await services.sleep(delayMs, signal)
      if (signal.aborted) break
      found = await cache.get(keyOf(key), ask, true)
    }
    return found.filter(row => passes(row, [])).map(select)
  }
}

function joinedRows(
  emitter: TaskEmitter,
  node: KeyLookupJoinExec,
): (row: Row, found: readonly Value[]) => readonly Row[] {
  const functions = functionsOf(emitter, node)
  const leftWidth = inputOf(node).schema.length
  const rightWidth = node.right.length
  const leftKey = joinKeyOf(functions, node.equi, 'left', leftWidth)
  const rightKey = joinKeyOf(functions, node.equi, 'right', rightWidth)
  const matches = functions.condition(node.residual, leftWidth, rightWidth)
  const nulls = new Array<null>(rightWidth).fill(null)
  return (row, [found]) => {
    const key = leftKey.mapKeyOf(leftKey.valuesOf(row))
    const met =
      key === undefined
        ? []
        : (found as readonly Row[]).filter(
            right => rightKey.mapKeyOf(rightKey.valuesOf(right)) === key && matches(row, right),
          )
    if (met.length === 0 && node.join === 'left') return [[...row, ...nulls]]
    return met.map(right => [...row, ...right])
  }
}
