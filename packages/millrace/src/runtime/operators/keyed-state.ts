// The keyed state of process functions: each declared state is a table, a change of an element one small entry.

import type { StateDeclaration } from '../../plan/process-function.ts'
import type { ListState, MapState, ValueState } from '../../plan/state-handles.ts'
import type { DataType } from '../../types/data-type.ts'
import { createMapKey, type MapKey } from '../../types/key-text.ts'
import {
  type FromUserValue,
  fromUserValue,
  type ToUserValue,
  toUserValue,
} from '../../types/user-value.ts'
import type { Row, Value } from '../../types/value.ts'
import { assertNever } from '../../types/errors.ts'
import { KeyedMap } from '../keyed-map.ts'
import { type TimeLine, UNSTAMPED } from './state-ttl.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from './state-table.ts'

/** The key at hand, which all handles mean. */
export interface CurrentKey {
  mapKey: MapKey
  keyValues: Row
  /** Numbers a new element. */
  nextId(): number
}

/** What a state of any kind is to the operator. */
export interface KeyedState {
  readonly handle: ValueState<unknown> | ListState<unknown> | MapState<unknown, unknown>
  readonly table: StateTable<Element>
  /** Puts a stored element back; returns its id. */
  put(stored: StoredRow, mapKey: MapKey): number
  /** Stores on one of the key's elements when the key was last active; false: it has none. */
  stampKey(mapKey: MapKey, stamp: number): boolean
  /** Drops all elements of a key. */
  drop(mapKey: MapKey): void
  /** Puts the elements of each key into the order of their insertion. */
  restored(): void
}

interface Element extends StateRecord {
  readonly id: number
  readonly keyValues: Row
  /** Of a map: the key in it. */
  readonly member: Value
  value: Value
}

export interface KeyedStatePlace {
  readonly name: string
  readonly table: number
  readonly keyTypes: readonly DataType[]
  readonly current: CurrentKey
  /** Where idle keys expire: what their stamps are measured by. */
  readonly timeLine: TimeLine | undefined
}

export function createKeyedState(
  place: KeyedStatePlace,
  declaration: StateDeclaration,
): KeyedState {
  const elements = new Elements(place, declaration)
  switch (declaration.kind) {
    case 'value':
      return { ...elements.parts(), handle: valueHandle(elements, declaration.type) }
    case 'list':
      return { ...elements.parts(), handle: listHandle(elements, declaration.type) }
    case 'map':
      return {
        ...elements.parts(),
        handle: mapHandle(elements, declaration.key, declaration.value),
      }
    default:
      return assertNever(declaration)
  }
}

/** The elements of all keys: per key a map, in insertion order. */
class Elements {
  readonly place: KeyedStatePlace
  readonly #table: StateTable<Element>
  readonly #byKey = new KeyedMap<Map<MapKey, Element>>()
  readonly #kind: StateDeclaration['kind']
  readonly #memberKey: (member: Value) => MapKey

  constructor(place: KeyedStatePlace, declaration: StateDeclaration) {
    this.place = place
    this.#kind = declaration.kind
    const isMap = declaration.kind === 'map'
    const memberTypes = isMap ? [declaration.key] : declaration.kind === 'list' ? [ID_TYPE] : []
    this.#memberKey = isMap ? createMapKey(declaration.key) : () => 0
    this.#table = new StateTable<Element>({
      table: place.table,
      groupTypes: place.keyTypes,
      memberTypes,
      valueTypes: [isMap ? declaration.value : declaration.type, ID_TYPE],
      keyOf: e => [...e.keyValues, ...(isMap ? [e.member] : memberTypes.length > 0 ? [e.id] : [])],
      valueOf: e => [e.value, e.id],
      timeLine: place.timeLine,
    })
  }

  parts(): Omit<KeyedState, 'handle'> {
    return {
      table: this.#table,
      put: (stored, mapKey) => this.#put(stored, mapKey),
      stampKey: (mapKey, stamp) => this.#stampKey(mapKey, stamp),
      drop: mapKey => this.#drop(mapKey),
      restored: () => this.#restored(),
    }
  }

  /** The elements of the key at hand. */
  get all(): ReadonlyMap<MapKey, Element> {
    return this.#byKey.get(this.place.current.mapKey) ?? NO_ELEMENTS
  }

  get(member: Value): Element | undefined {
    return this.all.get(this.#memberKey(member))
  }

  set(member: Value, value: Value): void {
    const known = this.#kind === 'list' ? undefined : this.get(member)
    if (known) {
      known.value = value
      this.#table.touch(known)
      return
    }
    const { mapKey, keyValues, nextId } = this.place.current
    const entry: Element = { ...fresh(), id: nextId(), keyValues, member, value }
    if (this.place.timeLine) entry.stamp = UNSTAMPED
    this.#insert(mapKey, entry)
    this.#table.add(entry)
  }

  delete(member: Value): void {
    const entry = this.get(member)
    if (!entry) return
    const { mapKey } = this.place.current
    const elements = this.#byKey.get(mapKey)
    elements?.delete(this.#memberKey(member))
    if (elements?.size === 0) this.#byKey.delete(mapKey)
    this.#table.remove(entry)
  }

  clear(): void {
    this.#drop(this.place.current.mapKey)
  }

  #drop(mapKey: MapKey): void {
    for (const entry of this.#byKey.get(mapKey)?.values() ?? []) this.#table.remove(entry)
    this.#byKey.delete(mapKey)
  }

  #stampKey(mapKey: MapKey, stamp: number): boolean {
    for (const entry of this.#byKey.get(mapKey)?.values() ?? []) {
      entry.stamp = stamp
      this.#table.touch(entry)
      return true
    }
    return false
  }

  #insert(mapKey: MapKey, entry: Element): void {
    const elements = this.#byKey.get(mapKey) ?? new Map<MapKey, Element>()
    this.#byKey.set(mapKey, elements)
    elements.set(this.#kind === 'list' ? entry.id : this.#memberKey(entry.member), entry)
  }

  #put({ key, value: [value, id], stamp }: StoredRow, mapKey: MapKey): number {
    const width = this.place.keyTypes.length
    this.#insert(mapKey, {
      ...fresh(),
      stored: true,
      stamp,
      id: id as number,
      keyValues: key.slice(0, width),
      member: this.#kind === 'map' ? (key[width] as Value) : null,
      value: value as Value,
    })
    return id as number
  }

  #restored(): void {
    for (const elements of this.#byKey.values()) {
      const ordered = [...elements].sort(([, a], [, b]) => a.id - b.id)
      elements.clear()
      for (const [key, entry] of ordered) elements.set(key, entry)
    }
  }
}

const NO_ELEMENTS: ReadonlyMap<MapKey, Element> = new Map()

function valueHandle(elements: Elements, type: DataType): ValueState<unknown> {
  const [read, write] = conversions(elements, type, '')
  return {
    get: () => {
      const entry = elements.get(null)
      return entry && read(entry.value)
    },
    set: value => elements.set(null, write(value)),
    clear: () => elements.clear(),
  }
}

function listHandle(elements: Elements, type: DataType): ListState<unknown> {
  const [read, write] = conversions(elements, type, '[]')
  return {
    get: () => [...elements.all.values()].map(e => read(e.value)),
    add: value => elements.set(null, write(value)),
    set(values) {
      const written = values.map(write)
      elements.clear()
      for (const value of written) elements.set(null, value)
    },
    clear: () => elements.clear(),
  }
}

function mapHandle(elements: Elements, key: DataType, value: DataType): MapState<unknown, unknown> {
  const [readKey, writeKey] = conversions(elements, key, ' key')
  const [read, write] = conversions(elements, value, ' value')
  const all = () => [...elements.all.values()]
  return {
    get: k => {
      const entry = elements.get(writeKey(k))
      return entry && read(entry.value)
    },
    set: (k, v) => elements.set(writeKey(k), write(v)),
    has: k => elements.get(writeKey(k)) !== undefined,
    delete: k => elements.delete(writeKey(k)),
    keys: () => all().map(e => readKey(e.member)),
    entries: () => all().map(e => [readKey(e.member), read(e.value)] as const),
    get size() {
      return elements.all.size
    },
    clear: () => elements.clear(),
  }
}

function conversions(
  elements: Elements,
  type: DataType,
  suffix: string,
): readonly [ToUserValue, FromUserValue] {
  return [toUserValue(type), fromUserValue(type, `state ${elements.place.name}${suffix}`)]
}
