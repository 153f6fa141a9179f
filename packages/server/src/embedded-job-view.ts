// A job of the embedded runner as the server sees it: totals from its operators, rates from samples of them.

import {
  AdHocQueries,
  type Board,
  type ConfigurationGroup,
  type EmbeddedRun,
  formatType,
  type OperatorStats,
  planGraph,
} from 'millrace'
import type {
  DeadLetter,
  EpochStatus,
  JobState,
  JobStatus,
  JobView,
  MetricFamily,
  OperatorKind,
  OperatorStatus,
  PlanGraph,
  SinkStatus,
  SourceStatus,
  TableContents,
} from './job-view.ts'
import { jobMetrics } from './job-metrics.ts'
import { processConfiguration } from './process-configuration.ts'
import { Rates } from './rates.ts'
import { lagStatus } from './split-status.ts'
import { type FlowCounts, withStateless } from './stateless-counts.ts'

const SAMPLE_MS = 500

/** Watches a run; ends watching when the run ends. */
export function embeddedJobView(run: EmbeddedRun): JobView {
  return new EmbeddedJobView(run)
}

type GraphKind = ReturnType<typeof planGraph>['nodes'][number]['kind']

const KINDS: Readonly<Partial<Record<GraphKind, OperatorKind>>> = {
  source: 'source',
  values: 'source',
  sink: 'sink',
  join: 'join',
  'interval-join': 'join',
  'window-join': 'join',
  'temporal-join': 'join',
  'lookup-join': 'join',
  'key-lookup-join': 'join',
  'group-aggregate': 'aggregate',
  'window-aggregate': 'window',
  'window-assign': 'window',
  rank: 'rank',
  'window-rank': 'rank',
  deduplicate: 'rank',
  process: 'process',
}

class EmbeddedJobView implements JobView {
  readonly name: string
  readonly console: AdHocQueries
  readonly #run: EmbeddedRun
  readonly #listeners = new Set<() => void>()
  readonly #rates = new Rates()
  readonly #above = new Map<string, ReadonlySet<string>>()
  readonly #graph: ReturnType<typeof planGraph>
  readonly #timer: NodeJS.Timeout
  #state: JobState = 'running'
  #failure: string | undefined

  constructor(run: EmbeddedRun) {
    this.#run = run
    this.name = run.name
    this.console = new AdHocQueries(run)
    this.#graph = planGraph(run.job.sinkNodes)
    this.#sample()
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS).unref()
    run.finished.then(
      () => this.#end('finished'),
      error => this.#end('failed', (error as Error).message),
    )
  }

  #end(state: JobState, failure?: string): void {
    clearInterval(this.#timer)
    this.#state = state
    this.#failure = failure
    this.#sample()
  }

  #sample(): void {
    const { job } = this.#run
    const now = performance.now()
    this.#rates.sample('events', job.recordsRead, now)
    for (const s of job.operators.map(o => o.stats())) {
      this.#rates.sample(`in/${s.id}`, s.recordsIn, now)
      this.#rates.sample(`out/${s.id}`, s.recordsOut, now)
    }
    for (const { compiled, recordsRead, busyMs } of job.inputs) {
      this.#rates.sample(`in/${compiled.id}`, recordsRead, now)
      this.#rates.sample(`busy/${compiled.id}`, busyMs, now)
    }
    this.#rates.sample('held', job.heldMs, now)
    for (const node of job.sinkNodes)
      this.#rates.sample(`in/${node.id}`, job.rowsWrittenTo(node), now)
    for (const listener of this.#listeners) listener()
  }

  status(): JobStatus {
    const { job } = this.#run
    const { eventTimeMs, watermarkMs, watermarkLagMs, share: progress } = job.progress
    const last = job.epochs?.recent.last
    return {
      state: this.#state,
      ...(this.#failure !== undefined && { failure: this.#failure }),
      ...(this.#state === 'running' && job.troubles.length > 0 && { troubles: job.troubles }),
      startedAtMs: job.startedAtMs,
      eventsPerSecond: this.#rates.perSecond('events'),
      eventsTotal: job.recordsRead,
      ...(eventTimeMs !== undefined && { eventTimeMs }),
      ...(watermarkMs !== undefined && { watermarkMs }),
      ...(watermarkLagMs !== undefined && { watermarkLagMs }),
      ...(progress !== undefined && { progress }),
      late: job.lateRecords,
      deadLettered: job.letters.count,
      epoch: job.epochs?.epoch ?? 0,
      epochDurationMs: Math.round(last?.durationMs ?? 0),
      bufferedBytes: job.bufferedBytes,
      rssBytes: process.memoryUsage.rss(),
      operators: this.#operators(),
      sources: this.#sources(),
      sinks: this.#sinks(),
    }
  }

  #operators(): readonly OperatorStatus[] {
    const { job } = this.#run
    const stats = new Map<string, OperatorStats>(job.operators.map(o => [o.id, o.stats()]))
    const inputs = Map.groupBy(this.#graph.edges, e => e.to)
    const counts = this.#counts(stats)
    return this.#graph.nodes.flatMap(node => {
      const flow = counts.get(node.id)
      if (!flow) return []
      const s = stats.get(node.id)
      return [
        {
          id: node.id,
          name: node.name,
          kind: KINDS[node.kind] ?? 'other',
          inputs: (inputs.get(node.id) ?? []).map(e => e.from),
          ...flow,
          stateEntries: s?.stateEntries ?? 0,
          stateBytes: s?.stateBytes ?? 0,
          late: s?.late ?? 0,
          expired: s?.expired ?? 0,
          errors: job.errorsOf(node.id),
          ...this.#watermarkOf(node.id),
          busyShare: this.#busyShareOf(node.id),
          backpressuredShare: shareOf(this.#rates.perSecond('held')),
        },
      ]
    })
  }

  #watermarkOf(node: string): { readonly watermarkMs?: number } {
    const watermarkMs = this.#run.job.watermarkOf(node)
    return watermarkMs !== undefined && Number.isFinite(watermarkMs) ? { watermarkMs } : {}
  }

  /** Records in and out of all nodes that count them, or whose counts follow from those around them. */
  #counts(stats: ReadonlyMap<string, OperatorStats>): ReadonlyMap<string, FlowCounts> {
    const { job } = this.#run
    const counted = new Map<string, FlowCounts>()
    for (const { id, kind } of this.#graph.nodes) {
      const s = stats.get(id)
      if (!s && kind !== 'source' && kind !== 'sink') continue
      const read = job.inputs.find(i => i.compiled.id === id)?.recordsRead
      const sink = job.sinkNodes.find(n => n.id === id)
      const recordsIn = s?.recordsIn ?? read ?? (sink ? job.rowsWrittenTo(sink) : 0)
      counted.set(id, {
        recordsIn,
        recordsOut: s?.recordsOut ?? recordsIn,
        recordsInPerSecond: this.#rates.perSecond(`in/${id}`),
        recordsOutPerSecond: this.#rates.perSecond(`${s ? 'out' : 'in'}/${id}`),
      })
    }
    return withStateless(this.#graph.nodes, this.#graph.edges, counted)
  }

  /** Of the sources that it reads, directly or not. */
  #busyShareOf(node: string): number {
    let msPerSecond = 0
    for (const source of this.#sourcesAbove(node))
      msPerSecond += this.#rates.perSecond(`busy/${source}`)
    return shareOf(msPerSecond)
  }

  #sourcesAbove(node: string): ReadonlySet<string> {
    const known = this.#above.get(node)
    if (known) return known
    const inputs = this.#graph.edges.filter(e => e.to === node)
    const above = new Set(inputs.flatMap(e => [...this.#sourcesAbove(e.from)]))
    if (inputs.length === 0) above.add(node)
    this.#above.set(node, above)
    return above
  }

  #sources(): readonly SourceStatus[] {
    return this.#run.job.inputs.map(input => {
      const watermark = input.compiled.watermarks[0]?.watermark
      const idle = input.compiled.watermarks.some(w => w.idle)
      return {
        id: input.compiled.id,
        name: this.#run.job.relativeToProgram(input.source.describe()),
        state: input.isFinished ? 'finished' : idle ? 'idle' : 'active',
        recordsTotal: input.recordsRead,
        recordsPerSecond: this.#rates.perSecond(`in/${input.compiled.id}`),
        deadLettered: input.recordsFailed,
        ...(watermark !== undefined && Number.isFinite(watermark) && { watermarkMs: watermark }),
        ...lagStatus(input.lags, Date.now()),
      }
    })
  }

  #sinks(): readonly SinkStatus[] {
    const { job } = this.#run
    return job.sinks.map(({ node, writer, guarantee }) => ({
      id: node.id,
      name: node.table.name,
      guarantee,
      recordsTotal: job.rowsWrittenTo(node),
      recordsPerSecond: this.#rates.perSecond(`in/${node.id}`),
      appliedEpoch: writer.appliedEpoch,
    }))
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  plan(): PlanGraph {
    return {
      nodes: this.#graph.nodes.map(n => ({
        id: n.id,
        name: n.name,
        kind: KINDS[n.kind] ?? (n.kind === 'calc' ? 'project' : 'other'),
        details: [n.detail],
      })),
      edges: this.#graph.edges,
      warnings: this.#run.job.warnings,
    }
  }

  configuration(): readonly ConfigurationGroup[] {
    return [...this.#run.job.configuration(), processConfiguration()]
  }

  epochs({ limit }: { readonly limit: number }): readonly EpochStatus[] {
    const recent = this.#run.job.epochs?.recent.newest(limit) ?? []
    return recent.map(({ bytes, ...epoch }) => ({ ...epoch, stateBytes: bytes }))
  }

  operatorCode(id: string): string | undefined {
    return this.#run.job.codeOf(id)
  }

  tables(): readonly string[] {
    return this.#run.job.sinks.filter(s => s.writer.read).map(s => s.node.table.name)
  }

  async table(name: string, range: { readonly limit: number }): Promise<TableContents> {
    const sink = this.#run.job.sinks.find(s => s.node.table.name === name)
    if (!sink?.writer.read) return { columns: [], rows: [] }
    try {
      return (await sink.writer.read(range)) as TableContents
    } catch (error) {
      if (this.#state === 'running') throw error
      // The run has ended and its sinks are closed: what is left to show is the shape.
      const columns = sink.node.schema.map(c => ({ name: c.name, type: formatType(c.type) }))
      return { columns, rows: [] }
    }
  }

  async deadLetters(range: {
    readonly limit: number
    readonly offset: number
  }): Promise<readonly DeadLetter[]> {
    const newestFirst = this.#run.job.letters.recent.toReversed()
    return newestFirst.slice(range.offset, range.offset + range.limit).map(letter => ({
      id: String(letter.sequence),
      atMs: letter.atMs,
      source: this.#sourceOf(letter),
      reason: letter.reason,
      position: letter.position,
      text: (letter.row || new TextDecoder().decode(letter.bytes)).slice(0, 2000),
    }))
  }

  #sourceOf({ operator, split }: { readonly operator: string; readonly split: string }): string {
    const { job } = this.#run
    return [job.nameOf(operator), job.relativeToProgram(split)].filter(s => s !== '').join(' ')
  }

  metrics(): readonly MetricFamily[] {
    return jobMetrics(this.name, this.status())
  }

  board(): Board | undefined {
    return this.#run.job.board
  }
}

const shareOf = (msPerSecond: number): number => Math.min(1, msPerSecond / 1000)
