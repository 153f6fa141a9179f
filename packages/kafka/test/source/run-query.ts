// Runs a script over Kafka in this process, and gives the changes of its last SELECT.

import {
  createConnectors,
  EmbeddedRunner,
  loadScript,
  type ProgramSettings,
  type SinkFactory,
} from 'millrace'
import { kafkaFactories } from '../../src/index.ts'

export interface RunSettings extends ProgramSettings {
  readonly name?: string
  /** Ends after so many changes. */
  readonly most?: number
  /** In place of the package's. */
  readonly sinks?: readonly SinkFactory[]
}

function load(
  script: string,
  { name = 'orders', most: _most, sinks = kafkaFactories.sinks, ...settings }: RunSettings,
) {
  const connectors = createConnectors()
  for (const source of kafkaFactories.sources) connectors.addSource(source)
  for (const sink of sinks) connectors.addSink(sink)
  return loadScript(script, {
    name,
    connectors,
    settings: { options: new Map([['bad-records', 'fail']]), ...settings },
  })
}

/** Rows as text, with their kinds. */
export async function changesOf(script: string, settings: RunSettings = {}): Promise<string[]> {
  const { program, query } = load(script, settings)
  if (!query) throw new Error('the script has no query')
  const changes: string[] = []
  for await (const { kind, row } of new EmbeddedRunner().query(program, query.plan)) {
    changes.push(`${kind} ${row.map(textOf).join(' ')}`)
    if (changes.length === settings.most) break
  }
  return changes
}

/** Starts the INSERTs. */
export function start(script: string, settings: RunSettings = {}) {
  return new EmbeddedRunner().start(load(script, settings).program)
}

/** Runs them to the end of their input. */
export async function runToEnd(script: string, settings: RunSettings = {}) {
  return (await start(script, settings)).finished
}

function textOf(value: unknown): string {
  if (value instanceof Map) return `{${[...value].map(([k, v]) => `${k}=${textOf(v)}`).join(',')}}`
  return value instanceof Uint8Array ? Buffer.from(value).toString() : String(value)
}
