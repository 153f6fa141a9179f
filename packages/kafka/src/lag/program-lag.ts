// How far a program is behind, or a group by its name: connections are opened for the question alone.

import type { ProgramTables, RuntimePorts, TableDescriptor } from 'millrace'
import { Cluster } from '../client/cluster.ts'
import { brokersOf, clusterSettingsOf } from '../options/client-options.ts'
import { groupSettingsOf } from '../options/group-options.ts'
import { sourceSettingsOf } from '../options/source-options.ts'
import { topicsToRead } from '../source/topics-to-read.ts'
import { type GroupLag, readGroupLag } from './group-lag.ts'

const CONNECTORS = new Set(['kafka', 'upsert-kafka'])

/** How far the groups are behind that read a program's tables of Kafka: those of several tables at once, each topic once. */
export async function lagOfProgram(
  program: string,
  { read }: ProgramTables,
  ports: RuntimePorts,
): Promise<readonly GroupLag[]> {
  const byGroup = Map.groupBy(
    read.filter(t => CONNECTORS.has(t.connector)),
    table => {
      const { groupId } = groupSettingsOf(table, program)
      const { isCommittedOnly } = sourceSettingsOf(table)
      return JSON.stringify([brokersOf(table).toSorted(), groupId, isCommittedOnly])
    },
  )
  return Promise.all([...byGroup.values()].map(tables => lagOfTables(program, tables, ports)))
}

function lagOfTables(
  program: string,
  tables: readonly TableDescriptor[],
  ports: RuntimePorts,
): Promise<GroupLag> {
  const [first] = tables as readonly [TableDescriptor]
  return withCluster(first, program, ports, async cluster => {
    const { groupId } = groupSettingsOf(first, program)
    const { isCommittedOnly } = sourceSettingsOf(first)
    const topics = new Set<string>()
    for (const table of tables)
      for (const topic of await topicsToRead(cluster, sourceSettingsOf(table).topics))
        topics.add(topic)
    return readGroupLag(cluster, { groupId, topics: [...topics], isCommittedOnly })
  })
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
