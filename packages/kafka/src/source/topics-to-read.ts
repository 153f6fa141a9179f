// The topics that a table's options name: a list, or those that there are now of a pattern.

import type { Cluster } from '../client/cluster.ts'

export async function topicsToRead(
  cluster: Cluster,
  topics: readonly string[] | RegExp,
): Promise<readonly string[]> {
  if (!(topics instanceof RegExp)) return topics
  return (await cluster.topicNames()).filter(name => topics.test(name))
}
