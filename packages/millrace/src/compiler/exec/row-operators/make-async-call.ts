// Makes the operator that calls async functions.

import { AsyncCallOperator } from '../../../runtime/operators/async-call-operator.ts'
import { InternalError } from '../../../types/errors.ts'
import type { AsyncCallExec } from '../../nodes/row-exec.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import { functionsOf, inputOf } from './row-operator-parts.ts'

export function makeAsyncCall(emitter: TaskEmitter, node: AsyncCallExec): AsyncCallOperator {
  const { services } = emitter
  const functions = functionsOf(emitter, node)
  const width = inputOf(node).schema.length
  return new AsyncCallOperator({
    id: node.id,
    calls: node.calls.map(({ name, args, binding }) => {
      if (!binding.async) throw new InternalError(`${name} is not async`)
      return { name, call: binding.async, argsOf: functions.values(args, width) }
    }),
    inputClock: services.clockOf(node),
    outputClock: services.sourceClockOf(node),
    timeline: services.timeline,
    sleep: services.sleep,
    rowFailed: (error, row) => services.rowFailed(node.id, error, row),
  })
}
