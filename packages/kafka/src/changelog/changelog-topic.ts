// The topic of a changelog: made where it is missing, refused where it would lose state.

import { deleteRecordsV2, describeConfigsV4 } from '@platformatic/kafka'
import type { Cluster } from '../client/cluster.ts'
import { createTopic } from '../client/create-topic.ts'
import { ChangelogTopicError, UnknownTopicError } from '../kafka-errors.ts'
import { errorOf } from '../protocol/error-codes.ts'

const TIMEOUT_MS = 30_000
const TOPIC_RESOURCE = 2
const CLEANUP = 'cleanup.policy'
const RETENTION = ['retention.ms', 'retention.bytes'] as const
/** `delete`, bounded by nothing, allows for records to be deleted by request: those of state that counts no more. */
const CONFIGS = [
  { name: CLEANUP, value: 'compact,delete' },
  ...RETENTION.map(name => ({ name, value: '-1' })),
  // An entry of state may be larger than other records.
  { name: 'max.message.bytes', value: String(64 * 1024 * 1024) },
]

/** The name of a program's own. Topics have names of letters, digits, `.`, `_` and `-`, 249 at most. */
export function changelogTopicOf(transactionalId: string): string {
  const program = transactionalId.replace(/-0$/, '').replaceAll(/[^\w.-]/g, '_')
  return `${program.slice(0, 235)}-changelog`
}

/** Sees to it that the topic is there, and keeps the last record of each key. Gives the topic's id. */
export async function openChangelogTopic(cluster: Cluster, topic: string): Promise<string> {
  try {
    await cluster.partitionsOf(topic)
  } catch (error) {
    if (!(error instanceof UnknownTopicError)) throw error
    await createTopic(cluster, {
      topic,
      partitions: 1,
      configs: CONFIGS,
      refused: reason => new ChangelogTopicError({ topic, reason }),
    })
  }
  await checkConfigs(cluster, topic)
  return (await cluster.topic(topic)).id
}

/** Deletes what stands before an offset. */
export function deleteRecordsBefore(
  cluster: Cluster,
  topic: string,
  offset: number,
): Promise<void> {
  return cluster.retry(async () => {
    const connection = await cluster.leaderConnection({ topic, partition: 0 }, 'other')
    const response = await cluster.send(
      connection,
      deleteRecordsV2.api,
      [{ name: topic, partitions: [{ partitionIndex: 0, offset: BigInt(offset) }] }],
      TIMEOUT_MS,
    )
    const code = response.topics[0]?.partitions[0]?.errorCode ?? 0
    if (code !== 0) throw cluster.responseError('to delete records', code, `topic "${topic}"`)
  })
}

function checkConfigs(cluster: Cluster, topic: string): Promise<void> {
  return cluster.retry(async () => {
    const connection = await cluster.anyConnection()
    const keys = [CLEANUP, ...RETENTION]
    const resources = [
      { resourceType: TOPIC_RESOURCE, resourceName: topic, configurationKeys: keys },
    ] as const
    const response = await cluster.send(connection, describeConfigsV4.api, [...resources])
    const result = response.results[0]
    const { name, isRetriable } = errorOf(result?.errorCode ?? 0)
    // Topics that only others may describe are theirs to see to.
    if (name === 'TOPIC_AUTHORIZATION_FAILED') return
    if (result?.errorCode) {
      if (isRetriable) throw cluster.responseError('the configuration', result.errorCode, topic)
      throw new ChangelogTopicError({ topic, reason: result.errorMessage ?? name })
    }
    const configs = new Map(result?.configs.map(c => [c.name, c.value]))
    const policies = (configs.get(CLEANUP) ?? '').split(',').map(p => p.trim())
    const isBounded = RETENTION.some(r => configs.get(r) !== '-1')
    if (policies.includes('compact') && !(policies.includes('delete') && isBounded)) return
    const retention = RETENTION.map(r => `${r}=${configs.get(r)}`).join(', ')
    throw new ChangelogTopicError({
      topic,
      reason: `it would lose state: ${CLEANUP}=${policies.join(',')}, ${retention}`,
    })
  })
}
