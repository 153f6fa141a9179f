// How far a program is behind, or a group by its name: connections are opened for the question alone.

import type { ProgramTables, RuntimePorts, TableDescriptor } from 'millrace'
import { Cluster } from '../client/cluster.ts'
import { clusterSettingsOf } from '../options/client-options.ts'
import { groupSettingsOf } from '../options/group-options.ts'
import { sourceSettingsOf } from '../options/source-options.ts'
import { topicsToRead } from '../source/topics-to-read.ts'
import { type GroupLag, readGroupLag } from './group-lag.ts'

const CONNECTORS = new Set(['kafka', 'upsert-kafka'])

/** Of each table of Kafka that a program reads: how far its group is behind. */
export async function lagOfProgram(
  program: string,
  { read }: ProgramTables,
  ports: RuntimePorts,
): Promise<readonly (GroupLag & { readonly table: string })[]> {
  const tables = read.filter(t => CONNECTORS.has(t.connector))
  return Promise.all(
    tables.map(async table => ({
      table: table.name,
      ...(await withCluster(table, program, ports, async cluster => {
        const { topics, isCommittedOnly } = sourceSettingsOf(table)
        const { groupId } = groupSettingsOf(table, program)
        const read = await topicsToRead(cluster, topics)
        return readGroupLag(cluster, { groupId, topics: read, isCommittedOnly })
      })),
    })),
  )
}

/** Of a group, in all topics of which it has committed offsets. @param properties of a client, by Kafka's names */
export function lagOfGroup(
  groupId: string,
  properties: ReadonlyMap<string, string>,
  ports: RuntimePorts,
): Promise<GroupLag> {
  const options = new Map([...properties].map(([name, value]) => [`properties.${name}`, value]))
  const table: TableDescriptor = {
    name: `group ${groupId}`,
    schema: [],
    metadata: new Map(),
    primaryKey: [],
    connector: 'kafka',
    options,
  }
  const isCommittedOnly = properties.get('isolation.level') !== 'read_uncommitted'
  return withCluster(table, 'millrace-lag', ports, cluster =>
    readGroupLag(cluster, { groupId, isCommittedOnly }),
  )
}

async function withCluster<T>(
  table: TableDescriptor,
  program: string,
  ports: RuntimePorts,
  ask: (cluster: Cluster) => Promise<T>,
): Promise<T> {
  const cluster = new Cluster(clusterSettingsOf(table, program), ports)
  try {
    return await ask(cluster)
  } finally {
    await cluster.close()
  }
}
