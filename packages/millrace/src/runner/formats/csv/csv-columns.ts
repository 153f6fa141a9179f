// Which field of a CSV record is which column: by position, or as the last header said.

import { proposal } from '../../../types/unknown-name.ts'
import type { Schema } from '../../../types/schema.ts'
import type { CsvRecord } from './csv-scanner.ts'

/** The mapping in force; a header replaces it for the records behind. */
export class CsvColumns {
  /** Per column its field. */
  readonly fieldOf: Int32Array
  /** How many fields a record has. */
  expected: number
  /** Why no record of this file can be read: its header lacks columns. */
  problem: string | undefined
  readonly #schema: Schema
  readonly #record: CsvRecord

  constructor(schema: Schema, record: CsvRecord) {
    this.#schema = schema
    this.#record = record
    this.fieldOf = Int32Array.from(schema, (_, i) => i)
    this.expected = schema.length
    this.problem = undefined
  }

  useHeader(names: readonly string[]): void {
    this.problem = undefined
    this.expected = names.length
    this.#schema.forEach(({ name }, i) => {
      const field = names.indexOf(name)
      this.fieldOf[i] = field
      if (field < 0)
        this.problem ??= `the header has no column "${name}": it has ${names.join(', ')}.${proposal(name, names)}`
    })
  }

  arityProblem(): string {
    return `it has ${this.#record.fields} fields instead of ${this.expected}`
  }
}
