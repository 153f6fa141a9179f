// A cluster of several brokers, of which the first has the controller.

import { join } from 'node:path'
import type { BrokerOptions } from './broker-options.ts'
import type { RunningBroker } from './running-broker.ts'
import { startBroker } from './start-broker.ts'

export interface ClusterOptions
  extends Pick<BrokerOptions, 'folder' | 'settings' | 'heapMiB' | 'ownerPid'> {
  readonly nodes: number
}

/** Kafka's own topics have a replica on each node, and go on with one. */
const replicated = (nodes: number): Readonly<Record<string, string>> => ({
  'offsets.topic.replication.factor': `${nodes}`,
  'transaction.state.log.replication.factor': `${nodes}`,
})

/**
 * Starts brokers in folders of their own below `folder`, and gives them in the order of their nodes, from 1. All but the first may be
 * stopped, killed and started again (`startNode`) while the others go on.
 *
 * @throws {BrokerMissingError | BrokerStartError}
 */
export async function startBrokerCluster(options: ClusterOptions): Promise<RunningBroker[]> {
  const { nodes, ...common } = options
  const settings = { ...replicated(nodes), ...common.settings }
  const first = await startBroker({ ...common, settings, folder: nodeFolder(options, 1) })
  const others = Array.from({ length: nodes - 1 }, (_, i) => startNode(options, first, i + 2))
  return [first, ...(await Promise.all(others))]
}

/** Starts a node of the cluster, or starts it again, with the data that it had. */
export function startNode(
  options: ClusterOptions,
  { controller }: RunningBroker,
  node: number,
): Promise<RunningBroker> {
  const { nodes, ...common } = options
  return startBroker({
    ...common,
    settings: { ...replicated(nodes), ...common.settings },
    folder: nodeFolder(options, node),
    joins: { controller, node },
  })
}

const nodeFolder = ({ folder }: ClusterOptions, node: number): string =>
  join(folder, `node-${node}`)
