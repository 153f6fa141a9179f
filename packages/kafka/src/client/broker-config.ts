// What a broker is configured with, where the program may ask.

import { ConfigResourceTypes, describeConfigsV4 } from '@platformatic/kafka'
import type { Cluster } from './cluster.ts'

/** The value of a setting of a node; undefined where the principal may not read it, or the node has none of that name. */
export async function brokerConfig(
  cluster: Cluster,
  node: number,
  name: string,
): Promise<string | undefined> {
  const connection = await cluster.connection(node, 'other')
  const { results } = await cluster.send(connection, describeConfigsV4.api, [
    {
      resourceType: ConfigResourceTypes.BROKER,
      resourceName: `${node}`,
      configurationKeys: [name],
    },
  ])
  return results[0]?.configs.find(c => c.name === name)?.value ?? undefined
}
