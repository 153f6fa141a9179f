// What the server needs to know of a job: a narrow port that a runner implements.
//
// Everything it returns is JSON as it is: no bigint (64-bit integers beyond 2^53 and decimals are strings), no NaN, no infinity.

import type { Board, ConfigurationGroup } from 'millrace'
import type { ConsolePort } from './console/console-port.ts'

export type JobState = 'starting' | 'running' | 'stopping' | 'finished' | 'failed'

export type OperatorKind =
  | 'source'
  | 'filter'
  | 'project'
  | 'join'
  | 'aggregate'
  | 'window'
  | 'rank'
  | 'process'
  | 'sink'
  | 'other'

/** One operator of the physical plan while it runs. Totals count from the start of the job's state, rates over the last seconds. */
export interface OperatorStatus {
  readonly id: string
  readonly name: string
  readonly kind: OperatorKind
  /** Ids of the operators that it reads. */
  readonly inputs: readonly string[]
  readonly recordsIn: number
  readonly recordsOut: number
  readonly recordsInPerSecond: number
  readonly recordsOutPerSecond: number
  /** Event time in epoch ms; absent before the first watermark and where there is none. */
  readonly watermarkMs?: number
  readonly stateEntries: number
  readonly stateBytes: number
  readonly late: number
  /** Entries of state dropped because their time to live was over. */
  readonly expired: number
  /** Records that it could not process since this start. */
  readonly errors: number
  /**
   * The share of the last seconds in which its thread processed records of the sources above it, 0 to 1. What is generated as one function is
   * not told apart.
   */
  readonly busyShare: number
  /** The share in which its thread waited for sinks, for an epoch to be committed, or for calls that are under way. */
  readonly backpressuredShare: number
}

/** A part of a source that can tell how far reading it is behind, such as a partition. Positions are those of the system behind it. */
export interface SplitStatus {
  readonly split: string
  readonly position: number
  /** What may be read ends before it. */
  readonly end: number
  /** Records that may be read and are not processed, at most. */
  readonly lagRecords: number
  /** How old the next of them is; 0 when there is none, absent when it is not known. */
  readonly lagMs?: number
  /** Records that are there and may not be read yet: they wait for open transactions. */
  readonly heldRecords: number
  /** For how long what may be read has stood still while records are held; 0 when none are. */
  readonly heldMs: number
}

export interface SourceStatus {
  readonly id: string
  readonly name: string
  readonly state: 'active' | 'idle' | 'finished'
  readonly recordsTotal: number
  readonly recordsPerSecond: number
  readonly deadLettered: number
  readonly watermarkMs?: number
  /** Of a source whose splits can tell how far behind they are: these, the one that is furthest behind first. */
  readonly splits?: readonly SplitStatus[]
  /** Of all its splits together. */
  readonly lagRecords?: number
  /** Of the split that is furthest behind. */
  readonly lagMs?: number
}

export interface SinkStatus {
  readonly id: string
  readonly name: string
  readonly guarantee: 'exactly-once' | 'idempotent' | 'at-least-once'
  readonly recordsTotal: number
  readonly recordsPerSecond: number
  /** The newest epoch that is visible in the outside system. */
  readonly appliedEpoch: number
}

export interface JobStatus {
  readonly state: JobState
  /** Why it failed; only in state `failed`. */
  readonly failure?: string
  /** What keeps it from going on, or records from being read, though it runs: a text each. Absent: nothing does. */
  readonly troubles?: readonly string[]
  readonly startedAtMs: number
  readonly eventsPerSecond: number
  readonly eventsTotal: number
  /** The event time reached by the source that has given the most records, epoch ms. */
  readonly eventTimeMs?: number
  /** Of the source that is furthest behind; results wait for it. Idle and finished ones do not count. */
  readonly watermarkMs?: number
  /** How far it is behind the replay's time, else behind the source that has given the most records; 0 while nothing holds results back. */
  readonly watermarkLagMs?: number
  /** How much of bounded input is read, 0 to 1; absent for unbounded input. */
  readonly progress?: number
  readonly late: number
  readonly deadLettered: number
  readonly epoch: number
  /** How long the last epoch took to commit. */
  readonly epochDurationMs: number
  /** Bytes held between sources and sinks. */
  readonly bufferedBytes: number
  readonly rssBytes: number
  readonly operators: readonly OperatorStatus[]
  readonly sources: readonly SourceStatus[]
  readonly sinks: readonly SinkStatus[]
}

export interface PlanNode {
  readonly id: string
  readonly name: string
  readonly kind: OperatorKind
  /** More about it, such as its keys or its filter; one line each. */
  readonly details: readonly string[]
}

export interface PlanEdge {
  readonly from: string
  readonly to: string
  readonly changelog: 'append' | 'upsert' | 'retract'
  /** Present where records change threads: the key they are spread by. */
  readonly exchange?: string
}

export interface PlanGraph {
  readonly nodes: readonly PlanNode[]
  readonly edges: readonly PlanEdge[]
  /** Such as unbounded state, or a sink that is only at least once. */
  readonly warnings: readonly string[]
}

/** An epoch that holds. Durations are ms; its sizes are those of its commit. */
export interface EpochStatus {
  readonly epoch: number
  /** Since when it holds, epoch ms. */
  readonly atMs: number
  /** From the cut until it is durable and visible. */
  readonly durationMs: number
  readonly cutMs: number
  readonly prepareMs: number
  readonly commitMs: number
  readonly applyMs: number
  /** Of changes of keyed state. */
  readonly stateBytes: number
  /** Of output that it holds for sinks. */
  readonly outputBytes: number
}

/** A value of a table as JSON. */
export type Cell =
  | null
  | boolean
  | number
  | string
  | readonly Cell[]
  | { readonly [name: string]: Cell }

export interface TableContents {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly Cell[])[]
  /** All rows of the table, of which `rows` are some. */
  readonly rowCount?: number
}

export interface DeadLetter {
  readonly id: string
  readonly atMs: number
  readonly source: string
  readonly reason: string
  /** Where in the source, such as `departures.ndjson:1042`. */
  readonly position: string
  /** The record's bytes as text, cut to a length that a page can show. */
  readonly text: string
}

/** A metric in Prometheus' data model; names start with `millrace_` and end with their unit. */
export interface MetricFamily {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary'
  readonly samples: readonly MetricSample[]
}

export interface MetricSample {
  /** Behind the family's name: `_bucket`, `_sum`, `_count`. */
  readonly suffix?: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** A running job, seen from outside. */
export interface JobView {
  readonly name: string
  status(): JobStatus
  /** Calls the listener when the status has changed, at most several times a second. Returns how to stop it. */
  subscribe(listener: () => void): () => void
  plan(): PlanGraph
  /** How it is set up, and where it runs; without secrets. */
  configuration(): readonly ConfigurationGroup[]
  /** The newest first. */
  epochs(range: { readonly limit: number }): readonly EpochStatus[]
  /** Generated code in which an operator of the plan has its part; undefined: none that is known. */
  operatorCode(id: string): string | undefined
  /** Names of the tables whose contents can be read. */
  tables(): readonly string[]
  /** At most `limit` rows, of a table in `tables()`. */
  table(name: string, range: { readonly limit: number }): Promise<TableContents>
  /** Newest first. */
  deadLetters(range: {
    readonly limit: number
    readonly offset: number
  }): Promise<readonly DeadLetter[]>
  /** Queries over its tables; absent where it runs in another process. */
  readonly console?: ConsolePort | undefined
  metrics(): readonly MetricFamily[]
  /** The view of its own that the program has; undefined: none. */
  board(): Board | undefined
}
