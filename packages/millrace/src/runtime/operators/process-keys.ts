// When the keys of a process function were last active, so that the state of idle ones can be dropped.

import type { MapKey } from '../../types/key-text.ts'
import { KeyedMap } from '../keyed-map.ts'
import type { KeyedState } from './keyed-state.ts'
import { type Expiring, type Expiry, UNSTAMPED } from './state-ttl.ts'

/** A key with state. */
export interface ProcessKey extends Expiring {
  readonly mapKey: MapKey
}

/** A key's stamp is stored on one of its elements: of the stamps found there after a restart the last one counts. */
export class ProcessKeys {
  expiry: Expiry<ProcessKey> | undefined
  readonly #states: readonly KeyedState[]
  readonly #keys = new KeyedMap<ProcessKey>()

  constructor(states: readonly KeyedState[]) {
    this.#states = states
  }

  /** Before a row of the key: forgets what is left of it if its time to live is over. */
  begin(mapKey: MapKey): void {
    this.expiry?.observe()
    const key = this.#keys.get(mapKey)
    if (key && this.expiry?.isExpired(key)) this.expiry.drop(key)
  }

  /** After a row, or a timer of event time: the time to live of the key starts anew. */
  end(mapKey: MapKey, timerMs?: number): void {
    const { expiry } = this
    if (!expiry) return
    const known = this.#keys.get(mapKey)
    const key = known ?? { mapKey, stamp: UNSTAMPED, live: true }
    if (!known) expiry.add(key)
    else if (timerMs === undefined) expiry.stamp(key)
    if (timerMs !== undefined) expiry.release(key, timerMs)
    if (this.store(key)) {
      if (!known) this.#keys.set(mapKey, key)
      return
    }
    key.live = false
    this.#keys.delete(mapKey)
    expiry.removed()
  }

  /** Stores the stamp; false: the key has no state. */
  store({ mapKey, stamp }: ProcessKey): boolean {
    return this.#states.some(s => s.stampKey(mapKey, stamp))
  }

  drop(key: ProcessKey): void {
    key.live = false
    this.#keys.delete(key.mapKey)
    for (const state of this.#states) state.drop(key.mapKey)
  }

  /** Notes an element of the recovered state. */
  put(mapKey: MapKey, stamp: number): void {
    const known = this.#keys.get(mapKey)
    if (!known) this.#keys.set(mapKey, { mapKey, stamp, live: true })
    else if (stamp > known.stamp) known.stamp = stamp
  }

  restored(): void {
    for (const key of this.#keys.values()) this.expiry?.restore(key)
  }
}
