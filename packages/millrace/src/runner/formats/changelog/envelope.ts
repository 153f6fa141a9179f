// How the records of a change log look: which members of a record are read, and which changes they tell of.

import type { RowKindCode } from '../../../types/value.ts'

/** Where a JSON value stands in the batch; both are -1 when the record has none, or a `null`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** The members of the record at hand, by the index of their names in {@link Envelope.members}. */
export interface Members {
  span(member: number): Span
  /** The text of a string; `undefined` when there is none. */
  text(member: number): string | undefined
  /** The elements of an array; `undefined` when the value is none. */
  elements(span: Span): readonly Span[] | undefined
}

/** Takes a change with the image of its row: a JSON object. What `image` does not name is read of `rest`. */
export type TakeChange = (kind: RowKindCode, image: Span, rest?: Span) => void

export interface Envelope {
  /** The names of the members that are read; within the member `within`, when given. */
  readonly members: readonly string[]
  readonly within?: string
  /** A deletion may hold no more than the key. */
  readonly deletesByKey?: boolean
  /** Hands over the changes of a record in order; returns why there are none when the record is malformed. */
  read(members: Members, take: TakeChange): string | undefined
}

export const ABSENT: Span = { start: -1, end: -1 }

export const isAbsent = (span: Span): boolean => span.start < 0

/** What stands in a record in place of the kind of a change that is known. */
export function unknownKind(member: string, found: string | undefined): string {
  return found === undefined
    ? `the record has no "${member}"`
    : `the record has an unknown "${member}": "${found}"`
}

/** A change that lacks the row it is about. */
export function lacksImage(member: string, change: string): string {
  return `the ${change} has no "${member}": the database must log whole rows (PostgreSQL: REPLICA IDENTITY FULL)`
}
