// The topic of dead letters: made where it is missing, refused where letters would be lost, or read again by who wrote them.

import type { TableDescriptor } from 'millrace'
import type { Cluster } from '../client/cluster.ts'
import { topicConfig } from '../client/configs.ts'
import { createTopic } from '../client/create-topic.ts'
import { LetterTopicError, UnknownTopicError } from '../kafka-errors.ts'
import { brokersOf } from '../options/client-options.ts'
import { sourceSettingsOf } from '../options/source-options.ts'

/** A letter would be read, fail again, and become the next one. @throws {LetterTopicError} */
export function checkIsNotRead(table: TableDescriptor, topic: string): void {
  if (!table.options.has('topic') && !table.options.has('topic-pattern')) return
  const { topics } = sourceSettingsOf(table)
  const isRead = topics instanceof RegExp ? topics.test(topic) : topics.includes(topic)
  if (isRead)
    throw new LetterTopicError({
      topic,
      reason: `table "${table.name}" reads it, so that letters would bring forth letters`,
      remedy: "Name another topic with 'dead-letter.topic'.",
    })
}

/** What one transaction holds is in one cluster. @throws {LetterTopicError} */
export function checkBrokers(
  table: TableDescriptor,
  topic: string,
  ofTransaction: readonly string[],
  system: string,
): void {
  const own = brokersOf(table)
  if (own.toSorted().join() === ofTransaction.toSorted().join()) return
  throw new LetterTopicError({
    topic,
    reason: `it is at ${own.join(', ')}, and the program commits its epochs in transactions of ${system}, which cannot hold letters elsewhere`,
    remedy: `Leave out the 'dead-letter.topic' of table "${table.name}": its letters are then kept with the program's state. Or write its output with 'sink.delivery-guarantee' = 'at-least-once'. If both are one cluster, name its brokers alike.`,
  })
}

/** Sees to it that the topic is there, and keeps all that is written. @throws {LetterTopicError} */
export async function openLetterTopic(cluster: Cluster, topic: string): Promise<void> {
  try {
    await cluster.partitionsOf(topic)
  } catch (error) {
    if (!(error instanceof UnknownTopicError)) throw error
    await createTopic(cluster, {
      topic,
      partitions: -1,
      configs: [],
      refused: reason =>
        new LetterTopicError({
          topic,
          reason,
          remedy:
            'Create it, or let the program do so: `millrace kafka acls` prints the rights that it needs.',
          isOutside: true,
        }),
    })
  }
  const cleanup = (await topicConfig(cluster, topic, 'cleanup.policy')) ?? ''
  if (cleanup.split(',').includes('compact'))
    throw new LetterTopicError({
      topic,
      reason: `with cleanup.policy=${cleanup} of letters with the same key only the last would stay`,
      remedy:
        'Give it cleanup.policy=delete, and a retention for as long as letters are to be had.',
      isOutside: true,
    })
}
