// A JobView that the tests steer. To be replaced by a real job as soon as the embedded runner implements JobView.

import type {
  JobStatus,
  JobView,
  OperatorKind,
  OperatorStatus,
  PlanGraph,
  TableContents,
} from '../src/index.ts'

import { sampleBoard, sampleRoutes } from './sample-board.ts'

const START = 1_357_034_400_000

const OPERATORS: readonly (readonly [string, string, OperatorKind, readonly string[], string])[] = [
  ['dep', 'departures', 'source', [], 'files data/departures/*.ndjson.gz'],
  ['arr', 'arrivals', 'source', [], 'files data/arrivals/*.ndjson.gz'],
  ['wx', 'weather', 'source', [], 'files data/weather.csv.gz'],
  ['dedup', 'deduplicate', 'rank', ['dep'], 'flight, at: first row'],
  ['join', 'join arrivals', 'join', ['dedup', 'arr'], 'flight; within 18 h'],
  ['enrich', 'weather at departure', 'join', ['join', 'wx'], 'origin; as of at'],
  ['delays', 'delays per 15 min', 'window', ['enrich'], 'TUMBLE(at, 15 min); origin'],
  ['routes', 'worst routes', 'window', ['enrich'], 'HOP(at, 15 min, 3 h); origin, dest; top 5'],
  ['alerts', 'delay alerts', 'process', ['delays'], 'keyed by origin'],
  ['s1', 'warehouse.facts', 'sink', ['enrich'], 'duckdb; append'],
  ['s2', 'warehouse.delays_15m', 'sink', ['delays'], 'duckdb; upsert'],
  ['s3', 'warehouse.worst_routes', 'sink', ['routes'], 'duckdb; upsert'],
  ['s4', 'alerts.ndjson', 'sink', ['alerts'], 'files; append'],
]

export class SampleJob implements JobView {
  readonly name = 'flights'
  state: JobStatus['state'] = 'running'
  tick = 0
  troubles: readonly string[] = []
  /** Text that must never become markup. */
  hostileText = '<img src=x onerror="document.title=\'owned\'">'
  readonly #listeners = new Set<() => void>()

  /** Moves on by one step and tells the listeners. */
  advance(): void {
    this.tick++
    for (const listener of this.#listeners) listener()
  }

  get listenerCount(): number {
    return this.#listeners.size
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  status(): JobStatus {
    const t = this.tick
    const rate = Math.round(84_000 + 9_000 * Math.sin(t / 5) + 4_000 * Math.sin(t * 1.7))
    const watermarkMs = START + t * 450_000
    return {
      state: this.state,
      ...(this.troubles.length > 0 && { troubles: this.troubles }),
      startedAtMs: START,
      eventsPerSecond: rate,
      eventsTotal: 1_204_332 + t * 84_000,
      eventTimeMs: watermarkMs + 300_000 + 40_000 * Math.sin(t),
      watermarkMs,
      watermarkLagMs: 300_000 + 40_000 * Math.sin(t),
      progress: Math.min(1, 0.31 + t / 2_000),
      late: 14 + Math.floor(t / 9),
      deadLettered: 3,
      epoch: 5_120 + t,
      epochDurationMs: 38 + 14 * Math.abs(Math.sin(t * 2.3)),
      bufferedBytes: 1_830_000,
      rssBytes: 212_000_000 + 4_000_000 * Math.sin(t / 8),
      operators: OPERATORS.map(([id, name, kind, inputs], i) =>
        this.#operator(id, name, kind, inputs, i, rate, watermarkMs),
      ),
      sources: OPERATORS.filter(o => o[2] === 'source').map(([id, name], i) => ({
        id,
        name,
        state: i === 2 ? 'idle' : 'active',
        recordsTotal: 400_000 + t * 30_000,
        recordsPerSecond: Math.round(rate / (i + 2)),
        deadLettered: i,
        watermarkMs,
        ...(id === 'arr' && partitionsOf(t)),
      })),
      sinks: OPERATORS.filter(o => o[2] === 'sink').map(([id, name]) => ({
        id,
        name,
        guarantee: 'exactly-once',
        recordsTotal: 90_000 + t * 800,
        recordsPerSecond: 800,
        appliedEpoch: 5_118 + t,
      })),
    }
  }

  #operator(
    id: string,
    name: string,
    kind: OperatorKind,
    inputs: readonly string[],
    i: number,
    rate: number,
    watermarkMs: number,
  ): OperatorStatus {
    const isStateful = kind === 'join' || kind === 'window' || kind === 'rank' || kind === 'process'
    return {
      id,
      name,
      kind,
      inputs,
      recordsIn: 400_000,
      recordsOut: 390_000,
      recordsInPerSecond: kind === 'source' ? 0 : Math.round(rate / (1 + i / 2)),
      recordsOutPerSecond: Math.round(rate / (1.2 + i / 2)),
      watermarkMs,
      stateEntries: isStateful ? 1_200 * (i + 3) : 0,
      stateBytes: isStateful ? 310_000 * (i + 3) : 0,
      late: kind === 'window' ? 7 : 0,
      expired: 0,
      errors: 0,
      busyShare: Math.min(1, 0.9 / (1 + i / 3)),
      backpressuredShare: 0.04,
    }
  }

  plan(): PlanGraph {
    return {
      nodes: OPERATORS.map(([id, name, kind, , detail]) => ({ id, name, kind, details: [detail] })),
      edges: OPERATORS.flatMap(([to, , kind, inputs]) =>
        inputs.map(from => ({
          from,
          to,
          changelog: kind === 'sink' && to !== 's1' && to !== 's4' ? 'upsert' : 'append',
          ...(to === 'delays' ? { exchange: 'origin' } : {}),
        })),
      ),
      warnings: [],
    }
  }

  board() {
    return sampleBoard
  }

  configuration() {
    return [
      { name: 'Program', settings: [{ name: 'mode', value: 'streaming' }] },
      {
        name: `${this.hostileText} (source)`,
        settings: [{ name: 'path', value: this.hostileText }],
      },
    ]
  }

  epochs({ limit }: { limit: number }) {
    return Array.from({ length: Math.min(limit, 40) }, (_, i) => ({
      epoch: 5_120 + this.tick - i,
      atMs: START + (this.tick - i) * 200,
      durationMs: 12 + (i % 7),
      cutMs: 1,
      prepareMs: 2,
      commitMs: 6 + (i % 7),
      applyMs: 3,
      stateBytes: 4_096 * (1 + (i % 5)),
      outputBytes: 900,
    }))
  }

  operatorCode(id: string): string | undefined {
    return id === 'delays' ? `function add_0(row) { /* ${this.hostileText} */ }` : undefined
  }

  tables(): readonly string[] {
    return ['delays_15m', 'worst_routes', 'alerts', 'routes']
  }

  async table(name: string, { limit }: { limit: number }): Promise<TableContents> {
    if (name === 'alerts') {
      return {
        columns: [
          { name: 'origin', type: 'STRING' },
          { name: 'text', type: 'STRING' },
          { name: 'at', type: 'TIMESTAMP(3)' },
        ],
        rows: [['JFK', this.hostileText, '2013-01-01 10:05:00']],
        rowCount: 1,
      }
    }
    if (name === 'routes') return sampleRoutes(limit)
    const origins = ['EWR', 'JFK', 'LGA']
    const rows = Array.from({ length: 24 }, (_, i) => [
      origins[i % 3] as string,
      `2013-01-0${1 + (i % 7)} 0${i % 10}:15:00.000`,
      (i * 37 + this.tick) % 61,
      Math.round(((i * 7.31 + this.tick) % 40) * 100) / 100,
      i % 8 === 0 ? null : '9007199254740993',
    ])
    return {
      columns: [
        { name: 'origin', type: 'STRING' },
        { name: 'window_start', type: 'TIMESTAMP(3)' },
        { name: 'flights', type: 'BIGINT' },
        { name: 'avgDelay', type: 'DOUBLE' },
        { name: 'checksum', type: 'BIGINT' },
      ],
      rows: rows.slice(0, limit),
      rowCount: 24,
    }
  }

  async deadLetters({ limit, offset }: { limit: number; offset: number }) {
    return [
      { id: '3', reason: 'expected a number for "delayMin" at byte 41', text: this.hostileText },
      { id: '2', reason: 'unterminated string at byte 12', text: '{"flight":"UA1545' },
      { id: '1', reason: 'invalid UTF-8 at byte 3', text: '{"\ufffd\ufffd' },
    ]
      .map(d => ({ ...d, atMs: START, source: 'departures', position: `part-3.ndjson:${d.id}042` }))
      .slice(offset, offset + limit)
  }

  metrics() {
    return [
      {
        name: 'millrace_source_records_total',
        help: 'Records read from a source.',
        type: 'counter' as const,
        samples: [{ labels: { source: 'departures "a"\n\\' }, value: 1_204_332 + this.tick }],
      },
      {
        name: 'millrace_watermark_lag_seconds',
        help: 'How far the watermark\nis behind.',
        type: 'gauge' as const,
        samples: [{ labels: {}, value: Number.POSITIVE_INFINITY }],
      },
    ]
  }
}

/** Two partitions, of which one waits for an open transaction. */
const partitionsOf = (t: number) => ({
  lagRecords: 1_500 + t,
  lagMs: 93_000,
  splits: [
    {
      split: 'arrivals-1',
      position: 8_000,
      end: 9_500 + t,
      lagRecords: 1_500 + t,
      lagMs: 93_000,
      heldRecords: 412,
      heldMs: 45_000,
    },
    {
      split: 'arrivals-0',
      position: 7_777 + t,
      end: 7_777 + t,
      lagRecords: 0,
      lagMs: 0,
      heldRecords: 0,
      heldMs: 0,
    },
  ],
})
