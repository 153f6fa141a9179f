// What every node of the physical plan has.

import type { TimeLine } from '../../runtime/operators/state-ttl.ts'
import type { ChangelogMode } from '../../types/changelog-mode.ts'
import type { Schema } from '../../types/schema.ts'
import type { ExecNode } from '../exec-node.ts'

/** How long idle state of a node lives, and by what that is measured. */
export interface StateTtl {
  /** Per input; 0: for ever. */
  readonly ms: readonly number[]
  readonly line: TimeLine
}

/** Extended by each kind of node. */
export interface Exec {
  /** Stable over restarts: from kind, keys, functions and what is upstream. Stateful nodes are found again by it. */
  readonly id: string
  readonly inputs: readonly ExecNode[]
  readonly schema: Schema
  /** What leaves the node. */
  readonly output: ChangelogMode
  /** Unique keys of the output rows (column positions), as far as known; an upsert edge applies to the first. */
  readonly keys: readonly (readonly number[])[]
  /** Of nodes whose state expires. */
  readonly ttl?: StateTtl
  /** What a hint says of it, per input; undefined: nothing. */
  readonly ttlHintMs?: readonly (number | undefined)[]
}
