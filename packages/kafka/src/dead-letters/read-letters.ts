// Finds the dead letters of a topic, and which of them were replayed.

import type { RecordOrigin } from 'millrace'
import type { Cluster, TopicPartition } from '../client/cluster.ts'
import { offsetOf } from '../client/offsets.ts'
import { LetterTopicError, UnknownTopicError } from '../kafka-errors.ts'
import { readPartition } from '../source/read-partition.ts'
import { type FoundLetter, readLetter } from './letter-headers.ts'

/** How long transactions that are open are waited for. */
const WAIT_MS = 90_000

export interface TopicLetters {
  /** By partition, then offset. */
  readonly letters: readonly FoundLetter[]
  /** Ids of those that were replayed. */
  readonly replayed: ReadonlySet<string>
}

export interface ReadLettersOptions {
  /** Reads what is being written, too, once that is committed: of a letter that is seen, its marker must be. */
  readonly waits: boolean
  /** Which letters are wanted: others are not held. */
  readonly isWanted: (letter: FoundLetter) => boolean
}

/** What a letter of a topic is known by. */
export const letterId = (letter: Pick<FoundLetter, 'topic' | 'partition' | 'offset'>): string =>
  `${letter.topic}/${letter.partition}/${letter.offset}`

/** Of a topic that is not there yet: none. */
export async function readLetters(
  cluster: Cluster,
  topic: string,
  { waits, isWanted }: ReadLettersOptions,
): Promise<TopicLetters> {
  const letters: FoundLetter[] = []
  const replayed = new Set<string>()
  for (const { partition } of await partitionsOf(cluster, topic))
    for await (const record of recordsOf(cluster, topic, partition, waits)) {
      const found = readLetter(record)
      if (found?.kind === 'marker') replayed.add(letterId({ topic, ...found }))
      if (found?.kind === 'letter' && isWanted(found)) letters.push(found)
    }
  return { letters, replayed }
}

async function partitionsOf(cluster: Cluster, topic: string): Promise<readonly TopicPartition[]> {
  try {
    return await cluster.partitionsOf(topic)
  } catch (error) {
    if (error instanceof UnknownTopicError) return []
    throw error
  }
}

async function* recordsOf(
  cluster: Cluster,
  topic: string,
  partition: number,
  waits: boolean,
): AsyncGenerator<RecordOrigin> {
  const place = { topic, partition }
  const end = (await offsetOf(cluster, place, 'latest', !waits)) ?? 0
  const stuck = new AbortController()
  const { clock } = cluster.ports
  let resting = new AbortController()
  const rest = (): void => {
    resting.abort()
    resting = new AbortController()
    const { signal } = resting
    void clock.sleep(WAIT_MS, signal).then(() => signal.aborted || stuck.abort())
  }
  rest()
  try {
    for await (const batch of readPartition(cluster, place, end, stuck.signal)) {
      rest()
      for (let i = 0; i < batch.count; i++) {
        const record = batch.origin?.(i)
        if (record) yield record
      }
    }
  } finally {
    resting.abort()
  }
  if (stuck.signal.aborted) throw heldBack(place)
}

function heldBack({ topic, partition }: TopicPartition): LetterTopicError {
  return new LetterTopicError({
    topic,
    reason: `a transaction holds records of partition ${partition} back since ${WAIT_MS / 1000} s`,
    remedy: 'Look who has it open with `millrace lag`, and try again once it has ended.',
    isOutside: true,
  })
}
