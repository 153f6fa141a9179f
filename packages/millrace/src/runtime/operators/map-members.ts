// The members of large maps in the entries of a keyed table: each a stored entry of its own, behind the entry's key.

import { BinaryReader } from '../../state/binary-reader.ts'
import { BinaryWriter } from '../../state/binary-writer.ts'
import type { DeltaWriter } from '../../state/delta-format.ts'
import { createKeyCodec, type KeyCodec } from '../../state/key-codec.ts'
import { keyGroupOf } from '../../state/key-group.ts'
import type { StateEntry, StateKey } from '../../state/state-backend.ts'
import { createValueCodec, type ValueCodec } from '../../state/value-codec.ts'
import type { DataType } from '../../types/data-type.ts'
import type { MapKey } from '../../types/key-text.ts'
import type { Row, Value } from '../../types/value.ts'
import { LargeMap } from './large-map.ts'

/** A field of an entry's value that is a {@link LargeMap}. */
export interface MapField {
  /** Its position in the value. */
  readonly position: number
  readonly member: DataType
  readonly value: DataType
}

type Members = LargeMap<Value, Value>

interface MemberTable {
  readonly field: MapField
  /** Behind the entries' own table. */
  readonly table: number
  /** Of the entry's key with the member behind it, and of the member alone: the one ends with the other. */
  readonly key: KeyCodec
  readonly member: KeyCodec
  readonly value: ValueCodec
  /** Members read before the entry that they belong to. */
  readonly waiting: Map<MapKey, [member: Value, value: Value][]>
}

export class MapMembers {
  readonly #keyTypes: readonly DataType[]
  readonly #group: KeyCodec
  readonly #tables: readonly MemberTable[]
  readonly #mapKeyOf: (key: Row) => MapKey
  readonly #groupKey = new BinaryWriter(64)
  readonly #key = new BinaryWriter(64)
  readonly #value = new BinaryWriter(16)

  constructor(
    keyTypes: readonly DataType[],
    fields: readonly MapField[],
    mapKeyOf: (key: Row) => MapKey,
  ) {
    this.#keyTypes = keyTypes
    this.#group = createKeyCodec(keyTypes)
    this.#mapKeyOf = mapKeyOf
    this.#tables = fields.map((field, i) => ({
      field,
      table: i + 1,
      key: createKeyCodec([...keyTypes, field.member]),
      member: createKeyCodec([field.member]),
      value: createValueCodec(field.value),
      waiting: new Map(),
    }))
  }

  /** The value as it is stored within the entry: maps that are stored by themselves are NULL. */
  within(value: Row): Row {
    const stored = [...value]
    for (const { field } of this.#tables)
      if ((value[field.position] as unknown as Members).isApart) stored[field.position] = null
    return stored
  }

  /** The value of a stored one, its maps with all their members. */
  whole(key: Row, stored: Row): Row {
    const value = [...stored]
    for (const { field, waiting } of this.#tables) {
      const within = stored[field.position] as unknown as ReadonlyMap<Value, Value> | null
      const map: Members = within ? new LargeMap(within) : LargeMap.apart()
      value[field.position] = map as unknown as Value
      if (within) continue
      const mapKey = this.#mapKeyOf(key)
      for (const [member, one] of waiting.get(mapKey) ?? []) map.restore(member, one)
      waiting.delete(mapKey)
    }
    return value
  }

  /** Writes what has changed in the maps of an entry; of one that is gone, that they are. */
  collect(writer: DeltaWriter, key: Row, value: Row, isLive: boolean): void {
    this.#groupKey.reset()
    this.#group.write(this.#groupKey, key)
    for (const table of this.#tables) {
      const map = value[table.field.position] as unknown as Members
      if (!isLive) {
        for (const member of map.everStored()) writer.deleteBytes(this.#stateKey(table, member))
        continue
      }
      map.grow()
      if (!map.changed || map.changed.size === 0) continue
      // A member that is gone may have come again under an equal key: removals first.
      for (const member of map.changed)
        if (!map.has(member)) writer.deleteBytes(this.#stateKey(table, member))
      for (const member of map.changed) {
        if (!map.has(member)) continue
        this.#value.reset()
        table.value.write(this.#value, map.get(member) as Value)
        writer.putBytes(this.#stateKey(table, member), this.#value.view())
      }
      map.changed = new Set()
    }
  }

  /** Keeps a stored member until its entry is asked for. */
  restore({ table: number, key, value }: StateEntry): void {
    const table = this.#tables[number - 1] as MemberTable
    const row = table.key.read(key)
    const mapKey = this.#mapKeyOf(row.slice(0, this.#keyTypes.length))
    const member: [Value, Value] = [
      row.at(-1) as Value,
      table.value.read(new BinaryReader(value)) as Value,
    ]
    const others = table.waiting.get(mapKey)
    if (others) others.push(member)
    else table.waiting.set(mapKey, [member])
  }

  /** The key of a member of the entry at hand; it holds until the next one is made. */
  #stateKey({ table, member: codec }: MemberTable, member: Value): StateKey {
    const [group, out] = [this.#groupKey, this.#key]
    out.reset()
    out.append(group.bytes, 0, group.length)
    codec.write(out, [member])
    const keyGroup = keyGroupOf(group.bytes, 0, group.length)
    return { keyGroup, table, slice: undefined, key: out.view() }
  }
}
