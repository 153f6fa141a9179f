// The topics of the benchmarks: events are loaded once, what is written is made anew for each run.

import { Admin, ListOffsetTimestamps } from '@platformatic/kafka'
import { javaCommand } from './java-peers.ts'
import { startMeasured } from './measured-process.ts'

const PARTITIONS = 4

export class BenchTopics {
  readonly #admin: Admin
  readonly #bootstrap: string

  constructor(bootstrap: string) {
    this.#bootstrap = bootstrap
    this.#admin = new Admin({ clientId: 'bench', bootstrapBrokers: [bootstrap], retries: 5 })
  }

  /** A topic of Nexmark events, loaded when it is not there. */
  async events(count: number): Promise<string> {
    const topic = `nexmark-${count}`
    if ((await this.#records(topic)) === count) return topic
    await this.fresh(topic)
    const args = [this.#bootstrap, topic, String(count), String(PARTITIONS)]
    await startMeasured(...javaCommand('java', 'NexmarkLoad', args)).ended
    return topic
  }

  /** An empty topic. */
  async fresh(topic: string): Promise<string> {
    await this.remove(topic)
    for (let attempt = 0; ; attempt++)
      try {
        await this.#admin.createTopics({ topics: [topic], partitions: PARTITIONS, replicas: 1 })
        return topic
      } catch (error) {
        // Its deletion takes a moment.
        if (attempt === 50) throw error
        await new Promise(resolve => setTimeout(resolve, 100))
      }
  }

  async remove(topic: string): Promise<void> {
    if ((await this.#admin.listTopics()).includes(topic))
      await this.#admin.deleteTopics({ topics: [topic] })
  }

  async close(): Promise<void> {
    await this.#admin.close()
  }

  async #records(topic: string): Promise<number> {
    if (!(await this.#admin.listTopics()).includes(topic)) return 0
    const partitions = Array.from({ length: PARTITIONS }, (_, partitionIndex) => ({
      partitionIndex,
      timestamp: ListOffsetTimestamps.LATEST,
    }))
    const [found] = await this.#admin.listOffsets({ topics: [{ name: topic, partitions }] })
    return found?.partitions.reduce((sum, p) => sum + Number(p.offset), 0) ?? 0
  }
}
