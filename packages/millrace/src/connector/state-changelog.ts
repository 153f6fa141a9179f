// The contract of changelogs: where a system outside keeps the changes of a program's state, in the transactions that decide on its epochs.
//
//     open ─► (read) ─► (append* ─► commitPart)* ─► (append* ─► [the transaction commits the epoch])*
//
// See docs/adr/0013-changelog-topics.md.

import type { JsonValue } from './source.ts'

/** A change of state. Of those with one key the last counts. */
export interface StateChange {
  readonly key: Uint8Array
  /** Absent: what the key held is gone. */
  readonly value: Uint8Array | undefined
}

export interface OpenChangelog {
  /** Tells it from another of the same name that was there before. */
  readonly identity: string
  /** Where what is appended now will stand. */
  readonly end: JsonValue
}

export interface StateChangelog {
  /** What it is, for messages: `topic "orders-changelog"`. */
  readonly place: string
  /** Makes it, where it is missing. */
  open(): Promise<OpenChangelog>
  /** All changes that are committed, oldest first, whatever has been replaced since; valid until the next are asked for. */
  read(): AsyncIterable<readonly StateChange[]>
  /** Adds a change to the transaction that is open. The bytes are copied. */
  append(key: Uint8Array, value: Uint8Array | undefined): void
  /** Commits what was appended, apart from any epoch. */
  commitPart(): Promise<void>
  /** Lets go of what stands before a position, if it can. */
  dropBefore(position: JsonValue): Promise<void>
}
