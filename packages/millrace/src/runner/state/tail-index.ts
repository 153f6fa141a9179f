// Look-ups of single keys in the part of the log that the base has not absorbed. Built on demand, then kept up.

import {
  DELETE_ALL,
  DELETE_KEY,
  DELETE_SLICE,
  DeltaReader,
  sliceId,
} from '../../state/delta-format.ts'

interface Place {
  readonly bytes: Uint8Array
  readonly valueStart: number
  readonly valueEnd: number
  readonly isDelete: boolean
  readonly order: number
}

/** The newest change of each key of one operator. */
export class TailIndex {
  readonly #places = new Map<string, Place>()
  readonly #deletedAt = new Map<string, number>()
  #isCleared = false
  #order = 0
  #deltas = 0

  /** Takes in the deltas, oldest first, that it has not seen: those behind the ones of the last call. */
  update(deltas: readonly Uint8Array[]): void {
    for (; this.#deltas < deltas.length; this.#deltas++)
      this.#add(deltas[this.#deltas] as Uint8Array)
  }

  /** The value; `null` when the key is known to be gone; undefined when only the base can tell. */
  get(fullKey: Uint8Array): Uint8Array | null | undefined {
    const place = this.#places.get(keyText(fullKey, 0, fullKey.length))
    const slice = this.#deletedAt.size > 0 ? sliceId(fullKey, 0) : undefined
    const deletedAt = slice === undefined ? 0 : (this.#deletedAt.get(slice) ?? 0)
    if (place && place.order > deletedAt)
      return place.isDelete ? null : place.bytes.subarray(place.valueStart, place.valueEnd)
    return deletedAt > 0 || this.#isCleared ? null : undefined
  }

  #add(bytes: Uint8Array): void {
    const reader = new DeltaReader(bytes)
    while (reader.next()) {
      const order = ++this.#order
      if (reader.tag === DELETE_SLICE) this.#deletedAt.set(reader.deletedSlice, order)
      else if (reader.tag === DELETE_ALL) {
        this.#places.clear()
        this.#deletedAt.clear()
        this.#isCleared = true
      } else {
        const { keyStart, keyEnd, valueStart, valueEnd, tag } = reader
        const isDelete = tag === DELETE_KEY
        const place = { bytes, valueStart, valueEnd, isDelete, order }
        this.#places.set(keyText(bytes, keyStart, keyEnd), place)
      }
    }
  }
}

/** Bytes as a map key: one UTF-16 unit a byte. */
function keyText(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1')
}
