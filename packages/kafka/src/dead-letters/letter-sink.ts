// Writes a program's dead letters into a topic: in the transaction of its output, where it has one.

import type { DeadLetter, LetterContext, LetterWriter } from 'millrace'
import { RecordTooLargeError } from '../kafka-errors.ts'
import { clusterSettingsOf } from '../options/client-options.ts'
import { sinkSettingsOf } from '../options/sink-options.ts'
import { BatchWriter } from '../records/batch-writer.ts'
import { TopicWriter } from '../sink/topic-writer.ts'
import { KafkaTransaction } from '../transactions/kafka-transaction.ts'
import { letterHeaders, type Omitted, originalHeaders } from './letter-headers.ts'
import { checkBrokers, checkIsNotRead, openLetterTopic } from './letter-topic.ts'

export class LetterSink implements LetterWriter {
  readonly appliedEpoch = 0
  readonly #context: LetterContext
  readonly #writer: TopicWriter

  /** @throws {LetterTopicError} where the letters could not become valid with the program's output, or would be read by it */
  constructor(context: LetterContext) {
    const { table, topic, ports, program, transaction } = context
    this.#context = context
    checkIsNotRead(table, topic)
    if (transaction) {
      const brokers =
        transaction instanceof KafkaTransaction ? transaction.cluster.settings.brokers : []
      checkBrokers(table, topic, brokers, transaction.system)
    }
    const settings = sinkSettingsOf({
      ...table,
      options: new Map([...table.options, ['topic', topic]]),
    })
    this.#writer = new TopicWriter(
      { ...settings, policy: 'default' },
      ports,
      transaction instanceof KafkaTransaction ? transaction : clusterSettingsOf(table, program),
    )
  }

  async open(): Promise<void> {
    await openLetterTopic(this.#writer.cluster, this.#context.topic)
    await this.#writer.open()
  }

  /** As much of the record as the topic takes: the rest is still where it was read. */
  write(letter: DeadLetter): void {
    const { origin, bytes, atMs } = letter
    const key = origin?.key ?? undefined
    const value = origin ? (origin.value ?? undefined) : letter.split === '' ? undefined : bytes
    const headers = origin ? originalHeaders(origin) : []
    const ways = [
      { key, value, headers, omitted: '' },
      { key, value: undefined, headers, omitted: 'value' },
      { key: undefined, value: undefined, headers: [], omitted: 'value, key, headers' },
    ] as const
    let size = 0
    for (const way of ways) {
      const all = [...way.headers, ...this.#headersOf(letter, way.omitted)]
      size = BatchWriter.sizeOf(way.key, way.value, all)
      if (size > this.#writer.recordLimit) continue
      this.#writer.append(way.key, way.value, atMs, all)
      return
    }
    throw this.#tooLarge(size, letter.reason)
  }

  cut(): void {
    this.#writer.cut()
  }

  async prepare(): Promise<Record<string, never>> {
    await this.#writer.flush()
    return {}
  }

  async apply(): Promise<void> {}
  async finish(): Promise<void> {}

  close(): Promise<void> {
    return this.#writer.close()
  }

  get bufferedBytes(): number {
    return this.#writer.bufferedBytes
  }

  #headersOf(letter: DeadLetter, omitted: Omitted) {
    return letterHeaders(letter, this.#context.program, omitted)
  }

  #tooLarge(bytes: number, record: string): RecordTooLargeError {
    const { table, topic } = this.#context
    const limit = this.#writer.recordLimit
    return new RecordTooLargeError({
      table: table.name,
      topic,
      record,
      bytes,
      limit,
      isOfTopic: true,
    })
  }
}
