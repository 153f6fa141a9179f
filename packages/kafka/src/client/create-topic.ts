// Makes a topic that a program needs for itself.

import { createTopicsV7 } from '@platformatic/kafka'
import type { MillraceError } from 'millrace'
import { UnknownTopicError } from '../kafka-errors.ts'
import { errorOf } from '../protocol/error-codes.ts'
import type { Cluster } from './cluster.ts'

const TIMEOUT_MS = 30_000
/** Brokers hear of a new topic one after the other: the one that is asked may not know it yet. */
const KNOWN_MS = 10_000
const KNOWN_PAUSE_MS = 50

export interface NewTopic {
  readonly topic: string
  /** -1: as many as the brokers give to any topic. */
  readonly partitions: number
  readonly configs: readonly { readonly name: string; readonly value: string }[]
  /** The error when the brokers refuse, with why. */
  readonly refused: (reason: string) => MillraceError
}

/** With as many replicas as the brokers make of any topic; one that is there already is left as it is. Waits until it is known. */
export async function createTopic(
  cluster: Cluster,
  { topic, partitions, configs, refused }: NewTopic,
): Promise<void> {
  await cluster.retry(async () => {
    const connection = await cluster.controllerConnection()
    const response = await cluster.send(
      connection,
      createTopicsV7.api,
      [
        {
          name: topic,
          numPartitions: partitions,
          replicationFactor: -1,
          assignments: [],
          configs: [...configs],
        },
      ],
      TIMEOUT_MS,
      false,
    )
    const { errorCode = 0, errorMessage } = response.topics[0] ?? {}
    const { name, isRetriable } = errorOf(errorCode)
    if (errorCode === 0 || name === 'TOPIC_ALREADY_EXISTS') return
    if (isRetriable) throw cluster.responseError('to create a topic', errorCode, topic)
    throw refused(`it cannot be created: ${(errorMessage ?? name).replace(/\.$/, '')}`)
  })
  const { clock } = cluster.ports
  const until = clock.monotonic() + KNOWN_MS
  for (;;)
    try {
      await cluster.topic(topic)
      return
    } catch (error) {
      if (!(error instanceof UnknownTopicError) || clock.monotonic() > until) throw error
      await clock.sleep(KNOWN_PAUSE_MS)
    }
}
