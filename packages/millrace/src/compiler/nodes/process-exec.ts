// Physical nodes of a program's own functions with state.

import type { Expression } from '../../plan/expression.ts'
import type { ProcessFunction } from '../../plan/process-function.ts'
import type { Schema } from '../../types/schema.ts'
import type { Exec } from './exec.ts'

export interface ProcessExec extends Exec {
  readonly kind: 'process'
  readonly groupKeys: readonly Expression[]
  readonly process: ProcessFunction
  /** Outputs that are read: this node's own schema is `main`'s. */
  readonly sideOutputs: readonly { readonly name: string; readonly schema: Schema }[]
  readonly timeColumn: number
}

/** Picks a side output of the process node below. */
export interface SideOutputExec extends Exec {
  readonly kind: 'side-output'
  readonly name: string
}
