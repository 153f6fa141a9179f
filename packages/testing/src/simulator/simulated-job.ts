// What a seed runs: a random plan over replayed sources, into a transactional table and, where rows are only added, into files.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  columnAt,
  createConnectors,
  createFunctions,
  createProject,
  createRowKey,
  createSink,
  DurableStateBackend,
  type EmbeddedRun,
  EmbeddedRunner,
  type PlanNode,
  type Program,
  type Row,
  type TableDescriptor,
} from 'millrace'
import type { Choices } from '../generator/choices.ts'
import { generatePlan } from '../generator/generate-plan.ts'
import { type GeneratedTable, generateTable } from '../generator/generate-rows.ts'
import { evaluatePlan } from '../reference/evaluate-plan.ts'
import type { SimulatedDisk } from '../simulated-disk.ts'
import { type ReplayRows, replaySource } from './replay-source.ts'
import type { SimulatedLife } from './simulated-life.ts'
import { type SimulatedLog, simulatedLogSink } from './simulated-log.ts'
import { simulatedTableSink } from './simulated-table.ts'

const OUTPUT_FOLDER = '/out'
export const STATE_FOLDER = '/state'

export class SimulatedJob {
  readonly plan: PlanNode
  readonly recordCount: number
  readonly expected: readonly string[]
  readonly writesFiles: boolean
  readonly textOf: (row: Row) => string
  readonly #tables: readonly GeneratedTable[]
  /** Of the sources' tables; the attachment changes with each life, the rest is the same. */
  readonly #sources = new Map<string, { current: ReplayRows | undefined }>()
  readonly #epochMs: number
  readonly #batchRecords: number
  readonly #chunk: number
  readonly #rolling: string
  /** A log decides on epochs, with its transactions, instead of the state folder. */
  readonly isDecidedOutside: boolean

  constructor(choices: Choices) {
    this.#epochMs = choices.pick([0, 1, 3, 10])
    this.#batchRecords = choices.pick([1, 5, 50, 1000])
    this.#chunk = choices.pick([1, 4, 20, 100])
    this.#rolling = choices.pick(['1 b', '500 b', '128 mb'])
    const bounds = { maxRows: 250, maxSplits: 3 }
    this.#tables = [
      generateTable(choices, 'left', 0, bounds),
      generateTable(choices, 'right', 1_000_000, bounds),
    ]
    this.recordCount = this.#tables.flatMap(t => t.splits).reduce((sum, s) => sum + s.length, 0)
    const [left, right] = this.#tables.map(t => this.#sourceTable(t))
    const plan = generatePlan(
      choices,
      [left, right] as [TableDescriptor, TableDescriptor],
      'streaming',
    )
    // Names that are distinct, so that files can hold them.
    this.plan = createProject(
      plan,
      plan.schema.map((_, i) => ({ name: `c${i}`, expression: columnAt(plan, i) })),
    )
    const key = createRowKey(this.plan.schema.map(c => c.type))
    this.textOf = row => String(key(row))
    const inputs = new Map(this.#tables.map(t => [t.name, t]))
    const { rows, isAppend } = evaluatePlan(this.plan, inputs, 'streaming')
    this.expected = rows.map(this.textOf).sort()
    this.writesFiles = isAppend
    this.isDecidedOutside = choices.below(2) === 0
  }

  /** Starts it in a life: from the state on the disk, if there is any. */
  async start(life: SimulatedLife, log: SimulatedLog, random: () => number): Promise<EmbeddedRun> {
    for (const { name, splits, oneByOne } of this.#tables) {
      const slot = this.#sources.get(name) as { current: ReplayRows | undefined }
      slot.current = {
        splits,
        oneByOne,
        nextChunk: () => 1 + Math.floor(random() * this.#chunk),
        turn: () => life.act('read', () => {}),
      }
    }
    const backend = new DurableStateBackend({
      folder: STATE_FOLDER,
      ports: life.ports,
      lock: async () => ({ release: async () => {} }),
      foldAfterBytes: 4096,
    })
    const target = { log, table: log.table, life, textOf: this.textOf }
    const connector = this.isDecidedOutside ? 'simulated-log' : 'simulated-table'
    const sinks = [createSink(this.plan, this.#descriptor('result', connector, {}, target))]
    if (this.writesFiles) sinks.push(createSink(this.plan, this.#files()))
    const runner = new EmbeddedRunner({
      ports: life.ports,
      backend,
      batchRecords: this.#batchRecords,
    })
    return runner.start(this.#program({ epochMs: this.#epochMs }, sinks))
  }

  /** The rows of the files that are published, copied to a real folder and read by the engine's file source. */
  async filesOn(disk: SimulatedDisk): Promise<readonly string[]> {
    const names = (await disk.info(OUTPUT_FOLDER)) ? await disk.list(OUTPUT_FOLDER) : []
    const published = names.filter(name => !name.startsWith('.'))
    if (published.length === 0) return []
    const folder = await mkdtemp(join(tmpdir(), 'millrace-simulated-'))
    try {
      for (const name of published)
        await writeFile(join(folder, name), await disk.readFile(`${OUTPUT_FOLDER}/${name}`))
      const table = this.#files(folder)
      const columns = table.schema.map((_, i) => i)
      const scan: PlanNode = { kind: 'scan', schema: table.schema, table, columns }
      const texts: string[] = []
      for await (const { row } of new EmbeddedRunner().query(
        this.#program({ mode: 'batch' }, []),
        scan,
      ))
        texts.push(this.textOf(row))
      return texts.sort()
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  #files(path = OUTPUT_FOLDER): TableDescriptor {
    return this.#descriptor('files', 'filesystem', {
      path,
      format: 'json',
      'sink.rolling-policy.file-size': this.#rolling,
    })
  }

  #sourceTable({ name, schema }: GeneratedTable): TableDescriptor {
    const slot: { current: ReplayRows | undefined } = { current: undefined }
    this.#sources.set(name, slot)
    const options = new Map([['connector', 'replay']])
    const table = {
      name,
      schema,
      metadata: new Map(),
      primaryKey: [],
      connector: 'replay',
      options,
    }
    return Object.defineProperty(table, 'attachment', { get: () => slot.current, enumerable: true })
  }

  #descriptor(
    name: string,
    connector: string,
    options: Readonly<Record<string, string>>,
    attachment?: unknown,
  ): TableDescriptor {
    return {
      name,
      schema: this.plan.schema,
      metadata: new Map(),
      primaryKey: [],
      connector,
      options: new Map(Object.entries({ connector, ...options })),
      attachment,
    }
  }

  #program(settings: Program['settings'], sinks: Program['sinks']): Program {
    return {
      name: 'simulated',
      sinks,
      connectors: createConnectors()
        .addSource(replaySource)
        .addSink(simulatedTableSink)
        .addSink(simulatedLogSink),
      functions: createFunctions(),
      settings: { ...settings, baseFolder: '/', options: new Map([['bad-records', 'fail']]) },
    }
  }
}
