// Ordered entries of one operator from one place, and the merge of several places.

import {
  DELETE_KEY,
  type DeltaReader,
  sliceId,
  sliceOfFullKey,
  userKeyStart,
} from '../../state/delta-format.ts'
import type { StateEntry } from '../../state/state-backend.ts'

/**
 * An entry within a buffer that is never reused. One object an entry all the way to the operator that restores it: the parts are
 * taken out of the buffer when they are asked for.
 */
export class EntryRef implements StateEntry {
  readonly bytes: Uint8Array
  /** The full key (delta-format.ts). */
  readonly keyStart: number
  readonly keyEnd: number
  readonly valueStart: number
  readonly valueEnd: number
  /** The key was deleted: hides older entries. */
  readonly isDelete: boolean
  /** Its place among entries of one source that are not sorted yet. */
  readonly order: number

  /** @param reader stands on a put or a delete */
  constructor(reader: DeltaReader, order: number) {
    this.bytes = reader.bytes
    this.keyStart = reader.keyStart
    this.keyEnd = reader.keyEnd
    this.valueStart = reader.valueStart
    this.valueEnd = reader.valueEnd
    this.isDelete = reader.tag === DELETE_KEY
    this.order = order
  }

  get keyGroup(): number {
    return this.bytes[this.keyStart] as number
  }

  get table(): number {
    return this.bytes[this.keyStart + 1] as number
  }

  get slice(): number | undefined {
    return sliceOfFullKey(this.bytes, this.keyStart)
  }

  get key(): Uint8Array {
    return this.bytes.subarray(userKeyStart(this.bytes, this.keyStart), this.keyEnd)
  }

  get value(): Uint8Array {
    return this.bytes.subarray(this.valueStart, this.valueEnd)
  }
}

/** What an operator's entries of one place do to older places. */
export interface Shadow {
  /** All older entries are gone. */
  readonly isCleared: boolean
  /** As `sliceId`: older entries in these slices are gone. */
  readonly deletedSlices: ReadonlySet<string>
}

/** Entries of one operator in the order of their full keys, each key once. */
export interface EntrySource extends Shadow {
  /** The next entries; undefined at the end; never empty. */
  nextChunk(): Promise<readonly EntryRef[] | undefined>
}

export const NO_SLICES: ReadonlySet<string> = new Set()

/** Order of full keys by their bytes. */
export function compareRefs(a: EntryRef, b: EntryRef): number {
  return compareRanges(a.bytes, a.keyStart, a.keyEnd, b.bytes, b.keyStart, b.keyEnd)
}

export function compareRanges(
  a: Uint8Array,
  aStart: number,
  aEnd: number,
  b: Uint8Array,
  bStart: number,
  bEnd: number,
): number {
  const common = Math.min(aEnd - aStart, bEnd - bStart)
  for (let i = 0; i < common; i++) {
    const difference = (a[aStart + i] as number) - (b[bStart + i] as number)
    if (difference !== 0) return difference
  }
  return aEnd - aStart - (bEnd - bStart)
}

/** The shadow that several places, newest first, cast together. */
export function unionShadow(shadows: readonly Shadow[]): Shadow {
  const deletedSlices = new Set<string>()
  for (const shadow of shadows) {
    for (const slice of shadow.deletedSlices) deletedSlices.add(slice)
    // What is older than a clearing is gone with or without its slices.
    if (shadow.isCleared) return { isCleared: true, deletedSlices }
  }
  return { isCleared: false, deletedSlices }
}

/**
 * Merges places, newest first: of each key the newest entry, deletions included, in chunks.
 *
 * Entries that a newer place's shadow covers are left out.
 */
export async function* mergeEntries(
  sources: readonly EntrySource[],
): AsyncGenerator<readonly EntryRef[]> {
  const lanes: Lane[] = []
  for (let i = 0; i < sources.length; i++) {
    const shadow = unionShadow(sources.slice(0, i))
    if (shadow.isCleared) break
    const lane = new Lane(sources[i] as EntrySource, shadow.deletedSlices)
    if (await lane.fill()) lanes.push(lane)
  }
  let chunk: EntryRef[] = []
  while (lanes.length > 1) {
    const least = leastLane(lanes)
    const entry = least.head as EntryRef
    // Older places may hold the key too: theirs is passed over. Lanes stay in order of age.
    for (let i = lanes.length - 1; i >= 0; i--) {
      const lane = lanes[i] as Lane
      if (lane !== least && compareRefs(lane.head as EntryRef, entry) !== 0) continue
      if (!lane.step() && !(await lane.fill())) lanes.splice(i, 1)
    }
    chunk.push(entry)
    if (chunk.length === CHUNK_ENTRIES) {
      yield chunk
      chunk = []
    }
  }
  if (chunk.length > 0) yield chunk
  const [last] = lanes
  if (!last) return
  do yield last.rest()
  while (await last.fill())
}

const CHUNK_ENTRIES = 2048

/** A place within a merge, standing on its head. */
class Lane {
  head: EntryRef | undefined
  readonly #source: EntrySource
  readonly #hidden: ReadonlySet<string>
  #chunk: readonly EntryRef[] = []
  #index = 0

  constructor(source: EntrySource, hidden: ReadonlySet<string>) {
    this.#source = source
    this.#hidden = hidden
  }

  /** Moves on within the chunk; false at its end. */
  step(): boolean {
    this.head = this.#chunk[++this.#index]
    return this.head !== undefined
  }

  /** Takes the next chunk that has visible entries; false at the end. */
  async fill(): Promise<boolean> {
    for (;;) {
      const chunk = await this.#source.nextChunk()
      if (!chunk) return false
      this.#chunk = this.#hidden.size === 0 ? chunk : chunk.filter(e => this.#isVisible(e))
      this.#index = 0
      this.head = this.#chunk[0]
      if (this.head) return true
    }
  }

  /** What is left of the chunk. */
  rest(): readonly EntryRef[] {
    return this.#index === 0 ? this.#chunk : this.#chunk.slice(this.#index)
  }

  #isVisible(entry: EntryRef): boolean {
    const slice = sliceId(entry.bytes, entry.keyStart)
    return slice === undefined || !this.#hidden.has(slice)
  }
}

/** The lane with the least key; of equal ones the newest. */
function leastLane(lanes: readonly Lane[]): Lane {
  let least = lanes[0] as Lane
  for (let i = 1; i < lanes.length; i++) {
    const lane = lanes[i] as Lane
    if (compareRefs(lane.head as EntryRef, least.head as EntryRef) < 0) least = lane
  }
  return least
}
