// A map that may hold more entries than one V8 Map can (16.7 million), by sharding on a cheap hash of the key.

const SHARDS = 32

/** Keys are JavaScript primitives: a single key column, or the key text of several. Iterates shard by shard. */
export class KeyedMap<V> {
  readonly #shards: Map<unknown, V>[] = Array.from({ length: SHARDS }, () => new Map<unknown, V>())

  get(key: unknown): V | undefined {
    return (this.#shards[shardOf(key)] as Map<unknown, V>).get(key)
  }

  set(key: unknown, value: V): void {
    ;(this.#shards[shardOf(key)] as Map<unknown, V>).set(key, value)
  }

  delete(key: unknown): boolean {
    return (this.#shards[shardOf(key)] as Map<unknown, V>).delete(key)
  }

  get size(): number {
    let size = 0
    for (const shard of this.#shards) size += shard.size
    return size
  }

  *values(): Generator<V> {
    for (const shard of this.#shards) yield* shard.values()
  }

  clear(): void {
    for (const shard of this.#shards) shard.clear()
  }
}

function shardOf(key: unknown): number {
  if (typeof key === 'number') return (key ^ (key >>> 5)) & (SHARDS - 1)
  if (typeof key === 'string') {
    const n = key.length
    return n === 0 ? 0 : (key.charCodeAt(n - 1) + 7 * key.charCodeAt(n >> 1) + n) & (SHARDS - 1)
  }
  return 0
}
