// Recovered entries that nobody has asked for yet: bytes in pages, found by their key's hash.
//
// A million objects and a Map of them take seconds to make, their bytes and an index of plain numbers a few tenths of one: a
// recovery makes only these, and objects of the entries that rows ask for (`bench`, recovery).

import { BinaryReader } from '../../state/binary-reader.ts'
import { BinaryWriter } from '../../state/binary-writer.ts'
import { hashBytes } from '../../state/key-group.ts'
import type { StateEntry } from '../../state/state-backend.ts'

const PAGE_BYTES = 1 << 20
const TAKEN = -1

/** Takes an entry's bytes; they are views of a page and good for the call only. */
export type TakeEntry = (key: Uint8Array, value: BinaryReader) => void

/** The entries of one table, whatever their types. Each is taken out once. */
export class StoredEntries {
  /** Entries that were not taken out. */
  size = 0
  readonly #pages: BinaryWriter[] = []
  #count = 0
  /** Per entry: its page and place there, as one number; `TAKEN` once it is out. */
  #places = new Float64Array(1024)
  #keyLengths = new Uint32Array(1024)
  #valueLengths = new Uint32Array(1024)
  #hashes = new Uint32Array(1024)
  /** Open addressing, made when all entries are there: number of the entry + 1; 0 where none is. */
  #slots: Uint32Array | undefined
  /** The first entry that `drain` has not come to. */
  #next = 0
  readonly #value = new BinaryReader(new Uint8Array())

  /** Most have been taken out, so that their bytes are kept for a few. */
  get isSparse(): boolean {
    return this.size * 4 < this.#count
  }

  /** Adds an entry with a copy of its bytes. Its key must not be there. */
  add({ key, value }: StateEntry): void {
    if (this.#count === this.#places.length) this.#grow()
    const entry = this.#count++
    const page = this.#pageFor(key.length + value.length)
    this.#places[entry] = (this.#pages.length - 1) * PAGE_BYTES + page.length
    page.append(key)
    page.append(value)
    this.#keyLengths[entry] = key.length
    this.#valueLengths[entry] = value.length
    this.#hashes[entry] = hashBytes(key)
    this.#slots = undefined
    this.size++
  }

  /** Takes the entry of a key out. Gives its value, good until the next call; undefined: there is none. */
  take(key: Uint8Array, length = key.length): BinaryReader | undefined {
    const hash = hashBytes(key, 0, length)
    this.#slots ??= this.#index()
    const slots = this.#slots
    const mask = slots.length - 1
    for (let slot = homeOf(hash, slots); ; slot = (slot + 1) & mask) {
      const entry = (slots[slot] as number) - 1
      if (entry < 0) return undefined
      if (this.#hashes[entry] === hash && this.#isAt(entry, key, length)) return this.#take(entry)
    }
  }

  /** Takes at most `max` entries out. */
  drain(max: number, take: TakeEntry): void {
    for (let left = max; left > 0 && this.#next < this.#count; this.#next++) {
      const entry = this.#next
      const place = this.#places[entry] as number
      if (place === TAKEN) continue
      left--
      const start = place % PAGE_BYTES
      const key = this.#pageOf(place).subarray(start, start + (this.#keyLengths[entry] as number))
      take(key, this.#take(entry))
    }
  }

  #take(entry: number): BinaryReader {
    const place = this.#places[entry] as number
    this.#places[entry] = TAKEN
    this.size--
    const start = (place % PAGE_BYTES) + (this.#keyLengths[entry] as number)
    this.#value.reset(this.#pageOf(place), start, start + (this.#valueLengths[entry] as number))
    return this.#value
  }

  #isAt(entry: number, key: Uint8Array, length: number): boolean {
    const place = this.#places[entry] as number
    if (place === TAKEN || this.#keyLengths[entry] !== length) return false
    const page = this.#pageOf(place)
    const start = place % PAGE_BYTES
    for (let i = 0; i < length; i++) if (page[start + i] !== key[i]) return false
    return true
  }

  #pageOf(place: number): Uint8Array {
    return (this.#pages[Math.floor(place / PAGE_BYTES)] as BinaryWriter).bytes
  }

  /** The last page, or a new one; an entry that is longer than a page has one of its own. */
  #pageFor(bytes: number): BinaryWriter {
    const last = this.#pages.at(-1)
    if (last && last.length + bytes <= PAGE_BYTES) return last
    const page = new BinaryWriter(Math.max(PAGE_BYTES, bytes))
    this.#pages.push(page)
    return page
  }

  #index(): Uint32Array {
    const slots = new Uint32Array(this.#places.length * 2)
    const mask = slots.length - 1
    for (let entry = 0; entry < this.#count; entry++) {
      let slot = homeOf(this.#hashes[entry] as number, slots)
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = entry + 1
    }
    return slots
  }

  #grow(): void {
    const capacity = this.#places.length * 2
    this.#places = copied(this.#places, new Float64Array(capacity))
    this.#keyLengths = copied(this.#keyLengths, new Uint32Array(capacity))
    this.#valueLengths = copied(this.#valueLengths, new Uint32Array(capacity))
    this.#hashes = copied(this.#hashes, new Uint32Array(capacity))
  }
}

/** Key groups are the hash's low bits, and a worker has some of these only: they must not choose the slot by themselves. */
function homeOf(hash: number, slots: Uint32Array): number {
  return Math.imul(hash, 0x9e3779b1) >>> (Math.clz32(slots.length) + 1)
}

function copied<A extends Float64Array | Uint32Array>(from: A, to: A): A {
  to.set(from)
  return to
}
