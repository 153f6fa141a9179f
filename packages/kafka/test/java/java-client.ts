// Kafka's own client as a writer of transactions and as the oracle of what a topic holds.

import { fileURLToPath } from 'node:url'
import { kafkaJavaProblem, runKafkaJava } from '@millrace/testing'
import { brokerAddress } from '../broker/use-broker.ts'

const problem = await kafkaJavaProblem()
if (problem !== undefined) console.warn(`SKIPPED, tests beside Kafka's own client: ${problem}`)

/** Whether there are a broker and a Java to run Kafka's client with. */
export const hasJavaClient = brokerAddress !== '' && problem === undefined

const source = (name: string): string =>
  fileURLToPath(new URL(`../../../../tools/kafka/java/${name}.java`, import.meta.url))

export interface TransactionalInput {
  readonly topic: string
  /** About how many in all. */
  readonly records: number
  /** One producer for each. */
  readonly compressions: readonly string[]
  readonly abortedPercent: number
  /** Of a producer's transactions every n-th has more than 5 MiB; 0: none. */
  readonly largeEvery: number
  readonly seed: number
}

/** What was written. */
export interface WrittenInput {
  readonly committed: number
  readonly aborted: number
  readonly committedTransactions: number
  readonly abortedTransactions: number
  readonly largeTransactions: number
}

/** The value of a record that `writeTransactions` wrote. */
export interface InputValue {
  readonly producer: string
  readonly transaction: number
  readonly outcome: 'committed' | 'aborted'
  readonly partition: number
  /** From 0, of the producer's records of that outcome in that partition. */
  readonly sequence: number
  readonly padding: string
}

/** Writes records in transactions of several producers, interleaved. */
export async function writeTransactions(input: TransactionalInput): Promise<WrittenInput> {
  const options = { bootstrap: brokerAddress, ...input, compressions: input.compressions.join(',') }
  return JSON.parse(await runKafkaJava(source('TransactionalInput'), options)) as WrittenInput
}

/** A record as Kafka's consumer gives it, its bytes in base64. */
export interface JavaRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
  readonly key: string | null
  readonly value: string | null
  readonly headers: readonly (readonly [name: string, value: string | null])[]
}

/** All records of topics, in the order of their offsets in each partition. */
export async function readByJava(
  topics: readonly string[],
  isolation: 'read_committed' | 'read_uncommitted' = 'read_committed',
): Promise<JavaRecord[]> {
  const options = { bootstrap: brokerAddress, topics: topics.join(','), isolation }
  const output = await runKafkaJava(source('RecordReader'), options)
  const lines = output.split('\n').filter(line => line !== '')
  return lines.map(line => JSON.parse(line) as JavaRecord)
}

/** A key, its hash, and the partitions that Kafka's producer gives it in topics of so many. */
export interface JavaKey {
  readonly key: string
  readonly murmur2: number
  readonly partitions: readonly (readonly [count: number, partition: number])[]
}

/** Keys of random bytes, `keys` of each length below `lengths`. */
export async function keysOfJava(options: {
  readonly keys: number
  readonly lengths: number
  readonly seed: number
  readonly partitions: readonly number[]
}): Promise<JavaKey[]> {
  const partitions = options.partitions.join(',')
  const output = await runKafkaJava(source('KeyPartitions'), { ...options, partitions })
  return output
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as JavaKey)
}
