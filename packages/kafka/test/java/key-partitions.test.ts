// Keys go where Kafka's own producer sends them.

import { describe, expect, it } from 'vitest'
import { murmur2, partitionOf } from '../../src/records/partitioner.ts'
import { hasJavaClient, keysOfJava } from './java-client.ts'

describe.skipIf(!hasJavaClient)('the partition of a key', () => {
  it("is that of Kafka's own producer: keys of all lengths to 70 bytes, topics of 1 to 1,000 partitions", async () => {
    const partitions = [1, 2, 3, 7, 12, 50, 1_000]
    const keys = await keysOfJava({ keys: 40, lengths: 71, seed: 11, partitions })
    expect(keys).toHaveLength(71 * 40)
    expect(keys.some(k => k.murmur2 < 0)).toBe(true)
    const ours = keys.map(({ key }) => {
      const bytes = Buffer.from(key, 'base64')
      return {
        key,
        murmur2: murmur2(bytes, bytes.length),
        partitions: partitions.map(count => [count, partitionOf(bytes, bytes.length, count)]),
      }
    })
    expect(ours).toEqual(keys)
  })
})
