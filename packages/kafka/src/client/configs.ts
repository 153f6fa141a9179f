// What brokers and topics are configured with, where the program may ask.

import { ConfigResourceTypes, type Connection, describeConfigsV4 } from '@platformatic/kafka'
import type { Cluster } from './cluster.ts'

/** The value of a setting of a node; undefined where the principal may not read it, or there is none of that name. */
export async function brokerConfig(
  cluster: Cluster,
  node: number,
  name: string,
): Promise<string | undefined> {
  const connection = await cluster.connection(node, 'other')
  return configOf(cluster, connection, ConfigResourceTypes.BROKER, `${node}`, name)
}

/** The same of a topic. */
export async function topicConfig(
  cluster: Cluster,
  topic: string,
  name: string,
): Promise<string | undefined> {
  const connection = await cluster.anyConnection()
  return configOf(cluster, connection, ConfigResourceTypes.TOPIC, topic, name)
}

async function configOf(
  cluster: Cluster,
  connection: Connection,
  resourceType: (typeof ConfigResourceTypes)['BROKER' | 'TOPIC'],
  resourceName: string,
  name: string,
): Promise<string | undefined> {
  const { results } = await cluster.send(connection, describeConfigsV4.api, [
    { resourceType, resourceName, configurationKeys: [name] },
  ])
  return results[0]?.configs.find(c => c.name === name)?.value ?? undefined
}
