// A map within an accumulator, such as the values that COUNT(DISTINCT) has seen. A small one is stored in its group's entry; a large
// one member by member, so that an epoch writes what has changed, and not all the group has seen.

/** Members beyond which a map is stored by itself; it stays so. */
const MAX_WITHIN_ENTRY = 16

export class LargeMap<K, V> extends Map<K, V> {
  /** Of a map that is stored by itself: members changed or gone since the last commit. */
  changed: Set<K> | undefined

  /** One whose members are stored by themselves, and are still to be put in. */
  static apart<K, V>(): LargeMap<K, V> {
    const map = new LargeMap<K, V>()
    map.changed = new Set()
    return map
  }

  get isApart(): boolean {
    return this.changed !== undefined
  }

  override set(key: K, value: V): this {
    this.changed?.add(key)
    return super.set(key, value)
  }

  override delete(key: K): boolean {
    this.changed?.add(key)
    return super.delete(key)
  }

  /** Puts in a member that is stored. */
  restore(key: K, value: V): void {
    super.set(key, value)
  }

  /** From now on by itself, if it has grown enough: all members are to be written. */
  grow(): void {
    if (this.changed === undefined && this.size > MAX_WITHIN_ENTRY)
      this.changed = new Set(this.keys())
  }

  /** The members that were written and may be stored, or have changed; none of a map within its entry. */
  *everStored(): Generator<K> {
    if (this.changed === undefined) return
    yield* this.keys()
    for (const key of this.changed) if (!this.has(key)) yield key
  }
}
