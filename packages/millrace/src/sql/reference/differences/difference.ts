// A difference from Flink SQL, as the page of differences and the pages of the reference tell it.

import type { ReferenceExample } from '../entry.ts'

export interface Difference {
  /** What differs, a phrase; unique. */
  readonly what: string
  /** The statements, clauses and functions whose pages name it. */
  readonly pages?: readonly string[]
  /** What Flink 2.2 does. */
  readonly flink: string
  readonly here: string
  readonly why: string
  /** What is shown here; absent where there is nothing to show. */
  readonly example?: ReferenceExample
}
