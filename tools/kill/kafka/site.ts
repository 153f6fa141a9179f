// Where a campaign takes place: a broker of its own, a proxy before it, topics that are being written to.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BrokerOptions, KafkaProxy, type RunningBroker, startBroker } from '@millrace/testing'
import type { Random } from '../kill-plan.ts'
import { committedOffsets, readTopics } from './kafka-topics.ts'
import { createTopics, Loader } from './loader.ts'
import { expectedRows, rowText } from './oracles.ts'
import { eventIn, isReadable, lettersOf, msOf, PARTITIONS } from './events.ts'
import type { Workload } from './workloads.ts'

const LOOK_MS = 250

interface OutputRow {
  readonly card: string
  readonly ends: string
  readonly n: number
  readonly total: number
  readonly ids: number
}

export class Site {
  readonly folder: string
  readonly workload: Workload
  readonly proxy: KafkaProxy
  readonly loader: Loader
  readonly #options: BrokerOptions
  #broker: RunningBroker

  private constructor(
    folder: string,
    workload: Workload,
    options: BrokerOptions,
    broker: RunningBroker,
    proxy: KafkaProxy,
    random: Random,
  ) {
    this.folder = folder
    this.workload = workload
    this.#options = options
    this.#broker = broker
    this.proxy = proxy
    this.loader = new Loader(broker.bootstrap, workload.inputs, random)
  }

  static async open(folder: string, workload: Workload, random: Random): Promise<Site> {
    const options: BrokerOptions = {
      folder: join(folder, 'broker'),
      proxiedListeners: 1,
      ownerPid: process.pid,
      settings: {
        'group.min.session.timeout.ms': '1000',
        'transaction.abort.timed.out.transaction.cleanup.interval.ms': '1000',
      },
    }
    const broker = await startBroker(options)
    await createTopics(broker.bootstrap, [
      ...workload.inputs,
      ...workload.inputs.map(lettersOf),
      workload.output,
    ])
    const proxy = await KafkaProxy.open(broker.proxied)
    return new Site(folder, workload, options, broker, proxy, random)
  }

  /** Of the program, and of its group. */
  get program(): string {
    return `kill-${this.workload.name}`
  }

  /** Where programs find the broker: through the proxy. */
  get bootstrap(): string {
    return this.proxy.address
  }

  /** SIGKILL; it comes back with what it had. */
  async killBroker(pauseMs: number): Promise<void> {
    await this.#broker.kill()
    await sleep(pauseMs)
    this.#broker = await startBroker(this.#options)
  }

  /** Waits until the program has committed that it has read everything. */
  async untilRead(withinMs: number): Promise<void> {
    const { inputs } = this.workload
    const ends = new Map<string, number>()
    for (const records of (await readTopics(this.#broker.bootstrap, inputs)).values())
      for (const { topic, partition, offset } of records) {
        const name = `${topic}-${partition}`
        ends.set(name, Math.max(ends.get(name) ?? 0, offset + 1))
      }
    for (const giveUpAt = performance.now() + withinMs; ; await sleep(LOOK_MS)) {
      const committed = await this.#committed()
      const behind = [...ends].filter(([name, end]) => committed.get(name) !== end)
      if (behind.length === 0) return
      if (performance.now() > giveUpAt)
        throw new Error(
          `after ${withinMs} ms without faults it has not read to the end: ${behind.map(([name, end]) => `${name} to ${committed.get(name)} of ${end}`).join(', ')}`,
        )
    }
  }

  /** What is wrong with the output; empty: nothing. With the number of rows that are right. */
  async compare(): Promise<{ readonly rows: number; readonly problems: readonly string[] }> {
    const { inputs, output, expected } = this.workload
    const topics = [...inputs, ...inputs.map(lettersOf), output]
    const read = await readTopics(this.#broker.bootstrap, topics)
    const committed = await this.#committed()
    const processed = new Map(
      inputs.map(topic => [
        topic,
        (read.get(topic) ?? [])
          .filter(r => r.offset < (committed.get(`${topic}-${r.partition}`) ?? 0))
          .map(r => r.value),
      ]),
    )
    const events = new Map(
      [...processed].map(([topic, values]) => [topic, values.filter(isReadable).map(eventIn)]),
    )
    const letters = compareLetters(processed, read)
    const wanted = await expectedRows(expected, events, join(this.folder, 'oracle.duckdb'))
    const found = (read.get(output) ?? [])
      .map(({ value }) => {
        const { card, ends, n, total, ids } = value as unknown as OutputRow
        return rowText(card, msOf(ends), n, total, ids)
      })
      .toSorted()
    const lost = surplus(wanted, found)
    const more = surplus(found, wanted)
    const problems = [
      ...(lost.length > 0 ? [`${lost.length} lost: ${lost.slice(0, 3).join(', ')}`] : []),
      ...(more.length > 0 ? [`${more.length} too many: ${more.slice(0, 3).join(', ')}`] : []),
      ...(wanted.length === 0 ? ['nothing was to be written'] : []),
      ...letters,
    ]
    return { rows: wanted.length, problems }
  }

  async close(): Promise<void> {
    await this.proxy.close()
    await this.#broker.stop()
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  #committed(): Promise<ReadonlyMap<string, number>> {
    return committedOffsets(this.#broker.bootstrap, this.program, this.workload.inputs, PARTITIONS)
  }
}

/** What is wrong with the dead letters: each record that cannot be read is one, as it was. */
function compareLetters(
  processed: ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>,
  read: Awaited<ReturnType<typeof readTopics>>,
): string[] {
  return [...processed].flatMap(([topic, values]) => {
    const wanted = values.filter(v => !isReadable(v)).map(v => JSON.stringify(v))
    const found = (read.get(lettersOf(topic)) ?? []).map(r => JSON.stringify(r.value))
    const lost = surplus(wanted, found)
    const more = surplus(found, wanted)
    return [
      ...(lost.length > 0 ? [`${lost.length} letters of ${topic} lost: ${lost[0]}`] : []),
      ...(more.length > 0 ? [`${more.length} letters of ${topic} too many: ${more[0]}`] : []),
      ...(wanted.length === 0 ? [`no letter of ${topic} was to be written`] : []),
    ]
  })
}

/** Rows of `a` that are not in `b`, as often as they are too many. */
function surplus(a: readonly string[], b: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const row of b) counts.set(row, (counts.get(row) ?? 0) + 1)
  return a.filter(row => {
    const left = counts.get(row) ?? 0
    counts.set(row, left - 1)
    return left <= 0
  })
}
