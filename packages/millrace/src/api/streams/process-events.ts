// From a process definition to its plan node.

import { createProcess } from '../../plan/create-node.ts'
import type { Expression } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import type { ProcessFunction } from '../../plan/process-function.ts'
import type { AppContext } from '../app-context.ts'
import type { ProcessDefinition, SideOutputs } from './process-definition.ts'
import type { Columns } from '../columns/sql-type.ts'
import { schemaOf } from '../columns/sql-type.ts'
import type { StateSpec, StateSpecs } from './state-builder.ts'
import { Stream } from './stream.ts'
import { positionsReadBy } from './user-function.ts'

/** Puts a process function over events, which share state by `keys`. */
export function processEvents<
  C extends Columns,
  K,
  O extends Columns,
  S extends StateSpecs,
  U extends SideOutputs,
>(
  app: AppContext,
  plan: PlanNode,
  keys: readonly Expression[],
  definition: ProcessDefinition<C, K, O, S, U>,
): Stream<O, U> {
  const { name = 'process', state = {}, output, sideOutputs = {} } = definition
  const reads = positionsReadBy(definition.onEvent, plan.schema)
  const { onTimer } = definition
  const process: ProcessFunction = {
    name,
    ...(reads ? { reads } : {}),
    state: mapValues(state as S, (s: StateSpec) => s.declaration),
    sideOutputs: mapValues(sideOutputs, schemaOf),
    onEvent: (event, context) => definition.onEvent(event as never, context as never),
    ...(onTimer ? { onTimer: context => onTimer.call(definition, context as never) } : {}),
  }
  const schema = output ? schemaOf(output) : plan.schema
  return new Stream(app, createProcess(plan, keys, process, schema))
}

function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  map: (value: A) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, v]) => [name, map(v)]))
}
