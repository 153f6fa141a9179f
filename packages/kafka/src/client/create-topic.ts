// Makes a topic that a program needs for itself.

import { createTopicsV7 } from '@platformatic/kafka'
import type { MillraceError } from 'millrace'
import { errorOf } from '../protocol/error-codes.ts'
import type { Cluster } from './cluster.ts'

const TIMEOUT_MS = 30_000

export interface NewTopic {
  readonly topic: string
  /** -1: as many as the brokers give to any topic. */
  readonly partitions: number
  readonly configs: readonly { readonly name: string; readonly value: string }[]
  /** The error when the brokers refuse, with why. */
  readonly refused: (reason: string) => MillraceError
}

/** With as many replicas as the brokers make of any topic; one that is there already is left as it is. */
export function createTopic(
  cluster: Cluster,
  { topic, partitions, configs, refused }: NewTopic,
): Promise<void> {
  return cluster.retry(async () => {
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
}
