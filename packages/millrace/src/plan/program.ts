// A program: what one `run` executes, and in what setting.

import type { ConnectorRegistry } from '../connector/registry.ts'
import type { FunctionRegistry } from '../functions/registry.ts'
import { tryParseDuration } from '../types/duration.ts'
import type { Board } from '../connector/board.ts'
import type { Schema } from '../types/schema.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import type { PlanNode, SinkNode } from './node.ts'

/** The unit of commit, unless the program says otherwise. */
const DEFAULT_EPOCH_MS = 200

/** How long an epoch is, ms. */
export function epochMsOf({ epochMs, options }: ProgramSettings): number {
  const given = options?.get('epoch.interval')
  return epochMs ?? (given === undefined ? undefined : tryParseDuration(given)) ?? DEFAULT_EPOCH_MS
}

/** How a program executes; every field has a default, which the runner fills in. */
export interface ProgramSettings {
  /** `streaming` emits results as they change, `batch` only the final ones (bounded input). Default: streaming. */
  readonly mode?: 'streaming' | 'batch'
  /** IANA zone or offset for TIMESTAMP_LTZ: `table.local-time-zone`. Default: UTC. */
  readonly timeZone?: string
  /** The folder of durable state; absent: state in memory, gone at the end. */
  readonly stateDir?: string
  /** Discards what `stateDir` holds. */
  readonly fresh?: boolean
  /** Starts although operators in `stateDir` are no longer in the program; their state is dropped. */
  readonly allowOrphanedState?: boolean
  /** The unit of commit, ms. Default: the setting `epoch.interval`, else 200. */
  readonly epochMs?: number
  /** Worker threads for keyed operators. Default: 1. */
  readonly parallelism?: number
  /** URL of the module that worker threads import to join the program. Default: the process's entry module. */
  readonly entry?: string
  /** Idle keyed state is dropped after this much stream time, ms (`table.exec.state.ttl`); 0: never. */
  readonly stateTtlMs?: number
  /** The HTTP API and page; absent: none. 0 picks a free port. */
  readonly port?: number
  /** Relative paths of connectors are resolved against it. Default: the working folder. */
  readonly baseFolder?: string
  /** Further settings by Flink's names, as SQL's `SET` gives them. */
  readonly options?: ReadonlyMap<string, string>
}

/** All statements of a program with what they may connect to and call. */
export interface Program {
  readonly name: string
  readonly sinks: readonly SinkNode[]
  readonly connectors: ConnectorRegistry
  readonly functions: FunctionRegistry
  readonly settings: ProgramSettings
  /** What its page shows first; absent: the page has no board. */
  readonly board?: Board
  /** The tables and views that its statements can name, as they stand; absent: none are known. */
  readonly relations?: () => readonly (readonly [name: string, relation: ProgramRelation])[]
}

/** A table or view of a program, for queries beside it. */
export interface ProgramRelation {
  readonly kind: 'table' | 'view'
  schema(): Schema
  plan(): PlanNode
  /** What INSERT writes to; absent for a view. */
  readonly sink?: TableDescriptor
}
