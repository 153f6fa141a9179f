// Writes events to the topics for as long as a campaign lasts, by a client that is not ours.

import { setTimeout as sleep } from 'node:timers/promises'
import { Admin, Producer, stringSerializers } from '@platformatic/kafka'
import { eventsAt, lastEvents, recordOf, PARTITIONS, type PlacedEvent } from './events.ts'

const PAUSE_MS = 10
/** Moments of each pause: one has an order, and mostly a payment. */
const MOMENTS = 8
const PATIENCE_MS = 30_000
/** A batch that is not written by then is sent again. */
const LATE_MS = 6_000

export async function createTopics(bootstrap: string, topics: readonly string[]): Promise<void> {
  const admin = new Admin({ clientId: 'kill-tests', bootstrapBrokers: [bootstrap] })
  try {
    await admin.createTopics({ topics: [...topics], partitions: PARTITIONS, replicas: 1 })
  } finally {
    await admin.close()
  }
}

export class Loader {
  readonly #bootstrap: string
  #producer: Producer<string, string, string, string>
  readonly #topics: ReadonlySet<string>
  readonly #random: () => number
  readonly #stopping = new AbortController()
  readonly #running: Promise<void>
  /** Why it has ended. */
  failure: unknown
  #id = 0
  #isPaused = false

  constructor(bootstrap: string, topics: readonly string[], random: () => number) {
    this.#topics = new Set(topics)
    this.#random = random
    this.#bootstrap = bootstrap
    this.#producer = newProducer(bootstrap)
    this.#running = this.#run()
    this.#running.catch(error => {
      this.failure = error
    })
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
  }

  /** Ends with the events after which all others are complete. */
  async finish(): Promise<void> {
    this.#stopping.abort()
    await this.#running
    await this.#send(lastEvents())
    await this.#producer.close()
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const events: PlacedEvent[] = []
      for (let i = 0; i < MOMENTS && !this.#isPaused; i++)
        events.push(...eventsAt(this.#id++, this.#random))
      if (events.length > 0) await this.#send(events)
      await sleep(PAUSE_MS)
    }
  }

  /** A batch may be written twice when a broker is killed: the topics say what was, not this. */
  async #send(events: readonly PlacedEvent[]): Promise<void> {
    const messages = events
      .filter(e => this.#topics.has(e.topic))
      .map(({ topic, partition, event }) => ({
        topic,
        partition,
        value: recordOf(event),
      }))
    const giveUpAt = performance.now() + PATIENCE_MS
    for (;;)
      try {
        const late = sleep(LATE_MS).then(() => {
          throw new Error(`a batch was not written within ${LATE_MS} ms`)
        })
        await Promise.race([this.#producer.send({ messages, acks: -1 }), late])
        return
      } catch (error) {
        if (performance.now() > giveUpAt) throw error
        // It may wait for ever for a broker that was killed.
        void this.#producer.close(true).catch(() => {})
        this.#producer = newProducer(this.#bootstrap)
        await sleep(200)
      }
  }
}

function newProducer(bootstrap: string): Producer<string, string, string, string> {
  return new Producer({
    clientId: 'kill-tests-loader',
    bootstrapBrokers: [bootstrap],
    serializers: stringSerializers,
    retries: 0,
    timeout: 5_000,
  })
}
