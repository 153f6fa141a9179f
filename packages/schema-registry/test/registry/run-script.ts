// Runs a script over Kafka with the formats of this package.

import {
  createConnectors,
  EmbeddedRunner,
  loadScript,
  type Program,
  type ProgramSettings,
} from 'millrace'
import { kafkaFactories } from '@millrace/kafka'
import { brokerAddress } from '../../../kafka/test/broker/use-broker.ts'
import { registryFormats } from '../../src/index.ts'

function load(script: string, settings: ProgramSettings = {}) {
  const connectors = createConnectors()
  for (const source of kafkaFactories.sources) connectors.addSource(source)
  for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
  for (const format of registryFormats) connectors.addDecoder(format).addEncoder(format)
  return loadScript(script, {
    name: 'registry-test',
    connectors,
    settings: { options: new Map([['bad-records', 'fail']]), ...settings },
  })
}

/** Runs the INSERTs to the end of their input. */
export async function runToEnd(script: string, settings?: ProgramSettings) {
  const { program } = load(script, settings)
  return (await new EmbeddedRunner().start(program as Program)).finished
}

/** The changes of the last SELECT, as text. */
export async function changesOf(script: string, settings?: ProgramSettings): Promise<string[]> {
  const { program, query } = load(script, settings)
  if (!query) throw new Error('the script has no query')
  const changes: string[] = []
  for await (const { kind, row } of new EmbeddedRunner().query(program, query.plan))
    changes.push(`${kind} ${row.map(textOf).join(' | ')}`)
  return changes
}

function textOf(value: unknown): string {
  if (value instanceof Map)
    return `{${[...value].map(([k, v]) => `${textOf(k)}=${textOf(v)}`).join(', ')}}`
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`
  return String(value)
}

export interface TopicTable {
  readonly name: string
  readonly columns: string
  readonly topic: string
  /** Options, as in `'format' = 'json'`. */
  readonly options: string
}

/** DDL of a topic that is read from its beginning to its end. */
export const topicTable = ({ name, columns, topic, options }: TopicTable): string => `
  CREATE TABLE ${name} (${columns}) WITH (
    'connector' = 'kafka', 'topic' = '${topic}', 'properties.bootstrap.servers' = '${brokerAddress}',
    'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset', ${options}
  );`
