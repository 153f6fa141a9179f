// Heartbeats from a thread of their own: the main thread may be busy for long with one record, or one window that fires.
//
// The main thread beats too, as long as it is free; that the thread fails, or has not started yet, shows only when it is not.

import { Worker } from 'node:worker_threads'
import type { ClusterSettings } from '../client/cluster-settings.ts'
import type { GroupSettings } from '../options/group-options.ts'
import type { GroupGeneration } from '../protocol/transactions.ts'
import { withinSession } from './group-requests.ts'
import {
  ALIVE,
  BEATS,
  type FromHeartbeats,
  type HeartbeatsData,
  type ToHeartbeats,
} from './heartbeat-messages.ts'

const EXTENSION = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
/** The protocol is all that it knows. */
const HEAP_MIB = 64

export class Heartbeats {
  readonly #worker: Worker
  readonly #counters = new Int32Array(new SharedArrayBuffer(8))
  readonly #credentials: Readonly<Record<string, unknown>>

  constructor(settings: ClusterSettings, group: GroupSettings) {
    const { tls, sasl, ...rest } = withinSession(settings, group)
    const { checkServerIdentity, ...certificates } = tls ?? {}
    const given = Object.entries(sasl ?? {})
    this.#credentials = Object.fromEntries(given)
    const data: HeartbeatsData = {
      settings: rest,
      group,
      counters: this.#counters,
      ...(tls && { tls: certificates, checksName: checkServerIdentity === undefined }),
      ...(sasl && { sasl: Object.fromEntries(given.filter(([, v]) => typeof v === 'string')) }),
      asked: given.flatMap(([name, v]) => (typeof v === 'function' ? [name] : [])),
    }
    this.#worker = new Worker(new URL(`./heartbeat-thread.${EXTENSION}`, import.meta.url), {
      workerData: data,
      name: 'millrace-heartbeats',
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
    })
    this.#worker.unref()
    this.#worker.on('error', () => {})
    this.#worker.on('message', (message: FromHeartbeats) => void this.#answer(message))
  }

  /** How many it has sent that were answered: they go up while the coordinator is heard of. */
  get count(): number {
    return Atomics.load(this.#counters, BEATS)
  }

  /** The main thread is not stuck. */
  alive(): void {
    Atomics.add(this.#counters, ALIVE, 1)
  }

  /** Beats for the member as it is in this generation. */
  beatFor(member: GroupGeneration): void {
    this.#post({ kind: 'member', member })
  }

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }

  /** Credentials that functions give are made here. */
  async #answer({ name, id }: FromHeartbeats): Promise<void> {
    try {
      const value = await (this.#credentials[name] as () => unknown)()
      this.#post({ kind: 'credential', id, value })
    } catch (error) {
      this.#post({ kind: 'credential', id, problem: (error as Error).message })
    }
  }

  #post(message: ToHeartbeats): void {
    this.#worker.postMessage(message)
  }
}
