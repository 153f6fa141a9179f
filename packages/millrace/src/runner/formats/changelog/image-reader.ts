// Reads the wanted values of a row's image, a JSON object, out of the batch.

import type { DecodeRequest, ReadTree } from '../../../format/decoder.ts'
import { InternalError } from '../../../types/errors.ts'
import type { Value } from '../../../types/value.ts'
import { createJsonReader, type JsonReader } from '../json/json-reader.ts'
import { type Leaf, leavesOf, valueProblem } from '../json/json-problems.ts'
import { MISSING, PARENT_NOT_OBJECT } from '../json/json-offsets.ts'
import { generateJsonScanner } from '../json/json-scanner.ts'
import { isAbsent, type Span } from './envelope.ts'

interface Slot extends Leaf {
  readonly read: JsonReader
}

/** Where the values of a change are. */
export interface ImagePlace {
  readonly image: Span
  /** Fills the gaps of the image. */
  readonly rest: Span | undefined
  /** Whether values may be missing that are NOT NULL. */
  readonly mayLack: boolean
}

/** Reads images of one table; keeps its offsets between the scan and the reading, so it is not re-entrant. */
export class ImageReader {
  /** How many values an image has. */
  readonly width: number
  readonly #slots: readonly Slot[]
  readonly #image: ReturnType<typeof generateJsonScanner>
  /** Of the image that fills the gaps of the other. */
  readonly #rest: ReturnType<typeof generateJsonScanner>
  readonly #ignoresErrors: boolean

  constructor(request: DecodeRequest, ignoreParseErrors: boolean) {
    const fields = new Map<string, ReadTree>()
    request.reads.forEach((tree, i) => {
      const column = request.schema[i]
      if (tree && column) fields.set(column.name, tree)
    })
    const leaves = leavesOf(fields)
    const options = { ignoreParseErrors, failOnMissingField: false }
    this.width = leaves.size
    this.#slots = Array.from({ length: leaves.size }, (_, slot) => {
      const leaf = leaves.get(slot)
      if (!leaf) throw new InternalError(`no slot ${slot} in what is read of a change log's rows`)
      return { ...leaf, read: createJsonReader(leaf.type, options) }
    })
    this.#image = generateJsonScanner(fields, this.width, { expected: request.schema })
    this.#rest = generateJsonScanner(fields, this.width, { expected: request.schema })
    this.#ignoresErrors = ignoreParseErrors
  }

  /** Writes the values of an image into `out` from `base` on; returns why it cannot. */
  read(
    bytes: Uint8Array,
    { image, rest, mayLack }: ImagePlace,
    out: Value[],
    base: number,
  ): string | undefined {
    if (isAbsent(image)) return 'the change has no row'
    if (this.#image.scan(bytes, image.start, image.end) < 0) return 'the row is not a JSON object'
    const hasRest = rest !== undefined && !isAbsent(rest)
    if (hasRest && this.#rest.scan(bytes, rest.start, rest.end) < 0)
      return 'the row is not a JSON object'
    for (let slot = 0; slot < this.width; slot++) {
      const missing = this.#image.at[slot * 2] === MISSING
      const { at } = missing && hasRest ? this.#rest : this.#image
      if (missing && mayLack) {
        out[base + slot] = null
        continue
      }
      const problem = this.#readSlot(bytes, slot, at, out, base + slot)
      if (problem !== undefined) return problem
    }
    return undefined
  }

  #readSlot(
    bytes: Uint8Array,
    slot: number,
    at: Int32Array,
    out: Value[],
    target: number,
  ): string | undefined {
    const leaf = this.#slots[slot] as Slot
    const start = at[slot * 2] as number
    const end = at[slot * 2 + 1] as number
    let value: Value | undefined
    if (start >= 0) value = leaf.read(bytes, start, end)
    else value = start === PARENT_NOT_OBJECT ? undefined : null
    if (value === undefined && this.#ignoresErrors) value = null
    if (value === undefined || (value === null && !leaf.type.nullable))
      return valueProblem(leaf, bytes, start, end)
    out[target] = value
    return undefined
  }
}
