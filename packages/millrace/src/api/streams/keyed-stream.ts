// A stream whose events are kept together by key: what state and timers belong to.

import type { Expression } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import { MillraceError } from '../../types/errors.ts'
import type { AppContext } from '../app-context.ts'
import type { ProcessDefinition, SideOutputs } from './process-definition.ts'
import { processEvents } from './process-events.ts'
import type { Stream } from './stream.ts'
import type { Columns } from '../columns/sql-type.ts'
import type { StateSpecs } from './state-builder.ts'

/** A computed key was not given a type, without which it cannot be stored. */
export class UndeclaredKeyTypeError extends MillraceError {
  constructor() {
    super('MR_PLAN_INVALID', 'The type of a computed key is not known.', {
      remedy: 'Pass it: keyBy(fn, t.string()); or only pick columns: keyBy(d => d.flight).',
    })
  }
}

/** Events of columns `C`, kept together by keys of type `K`. */
export class KeyedStream<C extends Columns, K> {
  readonly #app: AppContext
  readonly #plan: PlanNode
  readonly #keys: readonly Expression[]

  constructor(app: AppContext, plan: PlanNode, keys: readonly Expression[]) {
    this.#app = app
    this.#plan = plan
    this.#keys = keys
    Object.freeze(this)
  }

  /**
   * Runs a function with state and timers of its own for each key.
   *
   * Events of a key come one at a time, in order of arrival; timers that are due come before the next event. State is durable.
   */
  process<
    O extends Columns = C,
    S extends StateSpecs = Record<never, never>,
    U extends SideOutputs = Record<never, never>,
  >(definition: ProcessDefinition<C, K, O, S, U>): Stream<O, U> {
    return processEvents(this.#app, this.#plan, this.#keys, definition)
  }
}
