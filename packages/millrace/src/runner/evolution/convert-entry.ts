// Entries of state with other columns: their bytes, cut and put together anew.
//
//     value = bitmap of NULLs, bodies of the row's columns, then of the further columns, stamp
//
// A widened value is stored as it was; what stands behind the row's columns is copied.

import { BinaryReader } from '../../state/binary-reader.ts'
import { BinaryWriter } from '../../state/binary-writer.ts'
import { createKeyCodec } from '../../state/key-codec.ts'
import { keyGroupOf } from '../../state/key-group.ts'
import type { StateEntry } from '../../state/state-backend.ts'
import { createFieldCodec } from '../../state/value-codec.ts'
import type { RowChange } from './row-change.ts'

/** Makes the entry that a changed program would have stored. Its bytes are its own. */
export type ConvertEntry = (entry: StateEntry) => StateEntry

export function createEntryConverter(change: RowChange): ConvertEntry {
  const convertKey = keyConverter(change)
  const convertValue = valueConverter(change)
  return ({ table, slice, keyGroup, key, value }) => ({
    table,
    slice,
    ...(convertKey?.(key) ?? { keyGroup, key: key.slice() }),
    value: convertValue?.(value) ?? value.slice(),
  })
}

function keyConverter({ keys }: RowChange) {
  if (keys.every(([before, after]) => before.kind === after.kind)) return undefined
  const before = createKeyCodec(keys.map(k => k[0]))
  const after = createKeyCodec(keys.map(k => k[1]))
  return (key: Uint8Array) => {
    const length = before.lengthIn(key)
    const group = after.encode(before.read(key.subarray(0, length)))
    const whole = new Uint8Array(group.length + key.length - length)
    whole.set(group)
    whole.set(key.subarray(length), group.length)
    return { keyGroup: keyGroupOf(group, 0, group.length), key: whole }
  }
}

function valueConverter({ columns, places, extras }: RowChange) {
  if (places.length === columns.length && places.every((at, i) => at === i)) return undefined
  const codecs = columns.map(type => createFieldCodec(type))
  const bitmapBytes = (columns.length + extras + 7) >> 3
  const reader = new BinaryReader(new Uint8Array())
  const out = new BinaryWriter()
  return (value: Uint8Array): Uint8Array => {
    const isNull = (at: number) => ((value[at >> 3] as number) & (1 << (at & 7))) !== 0
    reader.reset(value, bitmapBytes)
    const bodies = codecs.map((codec, i) => {
      if (isNull(i)) return undefined
      const from = reader.offset
      codec.read(reader)
      return value.subarray(from, reader.offset)
    })
    const nulls = [
      ...places.map(at => at < 0 || isNull(at)),
      ...Array.from({ length: extras }, (_, i) => isNull(columns.length + i)),
    ]
    out.reset()
    for (let byte = 0; byte < (nulls.length + 7) >> 3; byte++) {
      const bits = nulls.slice(byte * 8, byte * 8 + 8)
      out.u8(bits.reduce((sum, isSet, i) => sum | (isSet ? 1 << i : 0), 0))
    }
    for (const at of places) {
      const body = at < 0 ? undefined : bodies[at]
      if (body) out.append(body)
    }
    out.append(value.subarray(reader.offset))
    return out.take()
  }
}
