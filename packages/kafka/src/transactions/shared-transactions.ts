// The sinks of a program that write to the same brokers share a transaction.

import type { RuntimePorts } from 'millrace'
import { Cluster } from '../client/cluster.ts'
import type { ClusterSettings } from '../client/cluster-settings.ts'
import { KafkaTransaction, type KafkaTransactionSettings } from './kafka-transaction.ts'

/** By the ports of a runner; those of a program that has ended are gone. */
const open = new WeakMap<RuntimePorts, Map<string, KafkaTransaction>>()

/** Whether the program that these ports are of writes in transactions. */
export function hasTransaction(ports: RuntimePorts, program: string): boolean {
  return [...(open.get(ports)?.values() ?? [])].some(t => t.program === program)
}

/** The transaction of this id at these brokers: a new one, or that of the program's other sinks. */
export function sharedTransaction(
  ports: RuntimePorts,
  clusterSettings: ClusterSettings,
  settings: KafkaTransactionSettings,
): KafkaTransaction {
  const ofRunner = open.get(ports) ?? new Map<string, KafkaTransaction>()
  open.set(ports, ofRunner)
  const key = JSON.stringify([clusterSettings.brokers, settings.transactionalId])
  const known = ofRunner.get(key)
  if (known) return known
  const cluster = new Cluster(clusterSettings, ports)
  const made = new KafkaTransaction(cluster, settings, () => ofRunner.delete(key))
  ofRunner.set(key, made)
  return made
}
