// A map that may hold more entries than one V8 Map can (16.7 million): one Map while small, sharded by a cheap hash beyond.

const SHARDS = 64
const SHARD_ABOVE = 4_000_000

/** Keys are JavaScript primitives: a single key column, or the key text of several. */
export class KeyedMap<V> {
  #single: Map<unknown, V> | undefined = new Map()
  #shards: Map<unknown, V>[] = []

  get(key: unknown): V | undefined {
    if (this.#single !== undefined) return this.#single.get(key)
    return (this.#shards[shardOf(key)] as Map<unknown, V>).get(key)
  }

  set(key: unknown, value: V): void {
    if (this.#single !== undefined) {
      this.#single.set(key, value)
      if (this.#single.size > SHARD_ABOVE) this.#split(this.#single)
    } else (this.#shards[shardOf(key)] as Map<unknown, V>).set(key, value)
  }

  delete(key: unknown): boolean {
    if (this.#single !== undefined) return this.#single.delete(key)
    return (this.#shards[shardOf(key)] as Map<unknown, V>).delete(key)
  }

  get size(): number {
    if (this.#single !== undefined) return this.#single.size
    let size = 0
    for (const shard of this.#shards) size += shard.size
    return size
  }

  *values(): Generator<V> {
    if (this.#single !== undefined) yield* this.#single.values()
    for (const shard of this.#shards) yield* shard.values()
  }

  #split(single: Map<unknown, V>): void {
    this.#shards = Array.from({ length: SHARDS }, () => new Map<unknown, V>())
    for (const [key, value] of single)
      (this.#shards[shardOf(key)] as Map<unknown, V>).set(key, value)
    this.#single = undefined
  }
}

function shardOf(key: unknown): number {
  if (typeof key === 'number') return (key ^ (key >>> 6)) & (SHARDS - 1)
  if (typeof key === 'string') {
    const n = key.length
    return n === 0 ? 0 : (key.charCodeAt(n - 1) + 7 * key.charCodeAt(n >> 1) + n) & (SHARDS - 1)
  }
  return 0
}
