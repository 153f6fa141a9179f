// Makes the operator of a user's process function and ties its side outputs to their readers.

import { ProcessOperator } from '../../../runtime/operators/process-operator.ts'
import { userTimestamp } from '../../../types/user-value.ts'
import type { EmitRow } from '../../../runtime/operators/row-operator.ts'
import type { ProcessExec } from '../../nodes/process-exec.ts'
import type { TaskEmitter } from '../../task-emitter.ts'
import { functionsOf, inputOf, partitionKeyOf, placeOf } from './row-operator-parts.ts'

export function makeProcess(emitter: TaskEmitter, node: ProcessExec): ProcessOperator {
  const { schema } = inputOf(node)
  const { services } = emitter
  const { timeColumn } = node
  const timeType = schema[timeColumn]?.type
  const operator = new ProcessOperator({
    place: placeOf(emitter, node),
    function: node.process,
    key: partitionKeyOf(functionsOf(emitter, node), node.groupKeys, schema.length),
    inputSchema: schema,
    outputSchema: node.schema,
    timeOf: timeType ? row => userTimestamp(row[timeColumn] ?? null, timeType) : () => undefined,
    nowMs: () => services.contextOf(node).nowMs(),
    timerFailed: (error, row) => services.rowFailed(node.id, error, row),
  })
  for (const { node: reader } of emitter.consumersOf(node))
    if (reader.kind === 'side-output')
      emitter.link<EmitRow>(emitter.emitFunction(reader), emit =>
        operator.bindSideOutput(reader.name, emit),
      )
  return operator
}
