// Answers of a table that is looked up, kept by key: bounded, and no longer than they are said to hold.

import type { MapKey } from '../../../types/key-text.ts'
import type { Row } from '../../../types/value.ts'

export interface LookupCacheSettings {
  /** Undefined: as many as come. */
  readonly maxRows?: number
  readonly expireAfterWriteMs?: number
  readonly expireAfterAccessMs?: number
  /** Keep that a key has no rows. */
  readonly keepsMisses: boolean
}

interface Answer {
  readonly rows: readonly Row[]
  readonly writtenMs: number
  usedMs: number
}

/** Rows that ask for the same key at once are answered together, with or without a cache. */
export class LookupCache {
  readonly #settings: LookupCacheSettings | undefined
  readonly #nowMs: () => number
  /** In the order of their last use. */
  readonly #answers = new Map<MapKey, Answer>()
  readonly #asked = new Map<MapKey, Promise<readonly Row[]>>()

  /** @param settings undefined: nothing is kept once it is answered */
  constructor(settings: LookupCacheSettings | undefined, nowMs: () => number) {
    this.#settings = settings
    this.#nowMs = nowMs
  }

  get size(): number {
    return this.#answers.size
  }

  /** The rows of a key, which `ask` is asked for unless they are known. @param fresh what is known does not count */
  async get(
    key: MapKey,
    ask: () => Promise<readonly Row[]>,
    fresh = false,
  ): Promise<readonly Row[]> {
    const known = fresh ? undefined : this.#find(key)
    if (known) return known.rows
    const asked = this.#asked.get(key)
    if (asked) return asked
    const asking = ask()
    this.#asked.set(key, asking)
    try {
      const rows = await asking
      this.#keep(key, rows)
      return rows
    } finally {
      this.#asked.delete(key)
    }
  }

  #find(key: MapKey): Answer | undefined {
    const found = this.#answers.get(key)
    if (!found || !this.#settings) return undefined
    const now = this.#nowMs()
    const { expireAfterWriteMs = Infinity, expireAfterAccessMs = Infinity } = this.#settings
    this.#answers.delete(key)
    if (now - found.writtenMs >= expireAfterWriteMs) return undefined
    if (now - found.usedMs >= expireAfterAccessMs) return undefined
    found.usedMs = now
    this.#answers.set(key, found)
    return found
  }

  #keep(key: MapKey, rows: readonly Row[]): void {
    if (!this.#settings || (rows.length === 0 && !this.#settings.keepsMisses)) return
    const now = this.#nowMs()
    this.#answers.delete(key)
    this.#answers.set(key, { rows, writtenMs: now, usedMs: now })
    const { maxRows = Infinity } = this.#settings
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= maxRows) return
      this.#answers.delete(oldest)
    }
  }
}
