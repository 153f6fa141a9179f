// Keyed state as process functions see it: handles that always mean the key at hand. Values are user values (types/user-value.ts).

/** One value a key. */
export interface ValueState<T> {
  /** The value, or `undefined` when none was set. */
  get(): T | undefined
  set(value: T): void
  clear(): void
}

/** A list a key. */
export interface ListState<T> {
  /** The elements; a copy. */
  get(): T[]
  add(value: T): void
  /** Replaces all elements. */
  set(values: readonly T[]): void
  clear(): void
}

/** A map a key. */
export interface MapState<K, V> {
  get(key: K): V | undefined
  set(key: K, value: V): void
  has(key: K): boolean
  delete(key: K): void
  keys(): Iterable<K>
  entries(): Iterable<readonly [K, V]>
  readonly size: number
  clear(): void
}
