// Records that begin with the id of their schema: for each id a reader of its own.

import { SchemaError } from '../client/registry-errors.ts'
import type { ResolvedSchema } from '../client/registry-client.ts'
import { HEADER_BYTES, NO_HEADER, type SchemaStore, schemaIdAt } from './schema-store.ts'
import type { RecordValues } from './value-decoder.ts'

/** Reads what is behind the id into `values`; throws a problem of the record. */
export type ReadBody = (bytes: Uint8Array, start: number, end: number) => number

export interface BodyReaders {
  readonly width: number
  readonly values: unknown[]
  readonly kinds?: readonly number[]
  /** @throws a problem of the schema, for which all its records are malformed */
  readerOf(schema: ResolvedSchema): ReadBody
  /** Whether an error is about the record, and not about us. */
  isProblem(error: unknown): boolean
}

export class RecordsBySchema implements RecordValues {
  readonly values: unknown[]
  readonly width: number
  readonly kinds?: readonly number[]
  problem = ''
  readonly #store: SchemaStore
  readonly #readers: BodyReaders
  readonly #byId = new Map<number, ReadBody | string>()
  #id = -1
  #reader: ReadBody | undefined

  constructor(store: SchemaStore, readers: BodyReaders) {
    this.#store = store
    this.#readers = readers
    this.values = readers.values
    this.width = readers.width
    if (readers.kinds) this.kinds = readers.kinds
  }

  read(bytes: Uint8Array, start: number, end: number): number {
    if (end - start < HEADER_BYTES || bytes[start] !== 0) return this.#malformed(NO_HEADER)
    const id = schemaIdAt(bytes, start)
    if (id !== this.#id || !this.#reader) {
      const found = this.#readerOf(id)
      if (typeof found === 'string') return this.#malformed(found)
      this.#id = id
      this.#reader = found
    }
    try {
      return this.#reader(bytes, start + HEADER_BYTES, end)
    } catch (error) {
      if (!this.#readers.isProblem(error)) throw error
      return this.#malformed(`schema ${id}: ${(error as Error).message}`)
    }
  }

  #readerOf(id: number): ReadBody | string {
    const known = this.#byId.get(id)
    if (known !== undefined) return known
    const schema = this.#store.schemas.get(id)
    // It may be known later.
    if (!schema) return `the registry has no schema ${id}`
    let made: ReadBody | string
    try {
      made = this.#readers.readerOf(schema)
    } catch (error) {
      if (!this.#readers.isProblem(error) && !(error instanceof SchemaError)) throw error
      made = `schema ${id}: ${(error as Error).message}`
    }
    this.#byId.set(id, made)
    return made
  }

  #malformed(problem: string): number {
    this.problem = problem
    return -1
  }
}
