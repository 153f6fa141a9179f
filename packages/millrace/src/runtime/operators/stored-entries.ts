// Recovered entries that nobody has asked for yet: bytes in pages, found by the hash of their key, or of its first columns.
//
// A million objects and a Map of them take seconds to make, their bytes and an index of plain numbers a few tenths of one: a
// recovery makes only these, and objects of the entries that rows ask for (`bench`, recovery).

import { BinaryReader } from '../../state/binary-reader.ts'
import { BinaryWriter } from '../../state/binary-writer.ts'
import { hashBytes } from '../../state/key-group.ts'

/** How many entries that nobody asks for an operator takes out at each epoch, where it has to. */
export const RECALLED_PER_EPOCH = 8192

const PAGE_BYTES = 1 << 20
const TAKEN = -1

/** Takes an entry's bytes; they are views of a page and good for the call only. */
export type TakeEntry = (key: Uint8Array, value: BinaryReader) => void

/** The entries of one table, whatever their types. Those whose keys begin with the same group are taken out together, once. */
export class StoredEntries {
  /** Entries that were not taken out. */
  size = 0
  readonly #pages: BinaryWriter[] = []
  #count = 0
  /** Per entry: its page and place there, as one number; `TAKEN` once it is out. */
  #places = new Float64Array(1024)
  #groupLengths = new Uint32Array(1024)
  #keyLengths = new Uint32Array(1024)
  #valueLengths = new Uint32Array(1024)
  /** Of the group. */
  #hashes = new Uint32Array(1024)
  /** Made when all entries are there. */
  #groups: Groups | undefined
  /** The first entry that `drain` has not come to. */
  #next = 0
  readonly #value = new BinaryReader(new Uint8Array())

  /** Most have been taken out, so that their bytes are kept for a few. */
  get isSparse(): boolean {
    return this.size * 4 < this.#count
  }

  /** Adds an entry with a copy of its bytes, of which the first make its group. Its key must not be there. */
  add(key: Uint8Array, value: Uint8Array, groupLength = key.length): void {
    if (this.#count === this.#places.length) this.#grow()
    const entry = this.#count++
    const page = this.#pageFor(key.length + value.length)
    this.#places[entry] = (this.#pages.length - 1) * PAGE_BYTES + page.length
    page.append(key)
    page.append(value)
    this.#groupLengths[entry] = groupLength
    this.#keyLengths[entry] = key.length
    this.#valueLengths[entry] = value.length
    this.#hashes[entry] = hashBytes(key, 0, groupLength)
    this.#groups = undefined
    this.size++
  }

  /** Takes the entries of a group out, in the order in which they were added. */
  take(group: Uint8Array, length: number, take: TakeEntry): void {
    this.#groups ??= this.#group()
    const { slots } = this.#groups
    const mask = slots.length - 1
    const hash = hashBytes(group, 0, length)
    for (let slot = homeOf(hash, slots); slots[slot] !== 0; slot = (slot + 1) & mask) {
      const first = (slots[slot] as number) - 1
      if (this.#hashes[first] !== hash || !this.#isGroupOf(first, group, 0, length)) continue
      if (this.#places[first] !== TAKEN) this.#takeAll(first, take)
      return
    }
  }

  /** Takes entries out, group by group, until there were `max` of them or more. */
  drain(max: number, take: TakeEntry): void {
    this.#groups ??= this.#group()
    const end = Math.max(0, this.size - max)
    for (; this.size > end && this.#next < this.#count; this.#next++)
      if (this.#places[this.#next] !== TAKEN) this.#takeAll(this.#next, take)
  }

  /** @param first the first entry of its group */
  #takeAll(first: number, take: TakeEntry): void {
    const { followers } = this.#groups as Groups
    for (let entry = first; ; ) {
      this.#take(entry, take)
      const follower = followers[entry] as number
      if (follower === 0) return
      entry = follower
    }
  }

  #take(entry: number, take: TakeEntry): void {
    const place = this.#places[entry] as number
    const page = this.#pageOf(place)
    const start = place % PAGE_BYTES
    const end = start + (this.#keyLengths[entry] as number)
    this.#places[entry] = TAKEN
    this.size--
    this.#value.reset(page, end, end + (this.#valueLengths[entry] as number))
    take(page.subarray(start, end), this.#value)
  }

  /** Whether the entry's group is `bytes[from, from + length)`; its place may have been given up. */
  #isGroupOf(entry: number, bytes: Uint8Array, from: number, length: number): boolean {
    const place = this.#places[entry] as number
    if (place === TAKEN || this.#groupLengths[entry] !== length) return false
    const page = this.#pageOf(place)
    const start = place % PAGE_BYTES
    for (let i = 0; i < length; i++) if (page[start + i] !== bytes[from + i]) return false
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

  #group(): Groups {
    const slots = new Uint32Array(this.#places.length * 2)
    const followers = new Uint32Array(this.#count)
    const lasts = new Uint32Array(this.#count)
    let first = -1
    for (let entry = 0; entry < this.#count; entry++) {
      if (this.#places[entry] === TAKEN) continue
      // Entries come in the order of their keys: the one before is often of the same group.
      if (first < 0 || !this.#areTogether(first, entry)) first = this.#firstOf(entry, slots)
      if (first !== entry) followers[lasts[first] as number] = entry
      lasts[first] = entry
    }
    return { slots, followers }
  }

  /** The first entry of the group of an entry, which may be that; it is in the slots then. */
  #firstOf(entry: number, slots: Uint32Array): number {
    const mask = slots.length - 1
    let slot = homeOf(this.#hashes[entry] as number, slots)
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const known = (slots[slot] as number) - 1
      if (this.#areTogether(known, entry)) return known
    }
    slots[slot] = entry + 1
    return entry
  }

  #areTogether(a: number, b: number): boolean {
    if (this.#hashes[a] !== this.#hashes[b]) return false
    const place = this.#places[b] as number
    const page = this.#pageOf(place)
    return this.#isGroupOf(a, page, place % PAGE_BYTES, this.#groupLengths[b] as number)
  }

  #grow(): void {
    const capacity = this.#places.length * 2
    this.#places = copied(this.#places, new Float64Array(capacity))
    this.#groupLengths = copied(this.#groupLengths, new Uint32Array(capacity))
    this.#keyLengths = copied(this.#keyLengths, new Uint32Array(capacity))
    this.#valueLengths = copied(this.#valueLengths, new Uint32Array(capacity))
    this.#hashes = copied(this.#hashes, new Uint32Array(capacity))
  }
}

/** Entries found by their groups. */
interface Groups {
  /** Open addressing: the first entry of a group + 1; 0 where none is. Its size is a power of two. */
  readonly slots: Uint32Array
  /** Per entry: the next one of its group; 0: it is the last. */
  readonly followers: Uint32Array
}

/** Key groups are the hash's low bits, and a worker has some of these only: they must not choose the slot by themselves. */
function homeOf(hash: number, slots: Uint32Array): number {
  return Math.imul(hash, 0x9e3779b1) >>> (Math.clz32(slots.length) + 1)
}

function copied<A extends Float64Array | Uint32Array>(from: A, to: A): A {
  to.set(from)
  return to
}
