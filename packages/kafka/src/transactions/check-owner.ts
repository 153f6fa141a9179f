// A group in which a program keeps what it has committed is that program's alone.

import { ForeignGroupError } from '../kafka-errors.ts'
import type { OffsetNote } from './token.ts'

/** @throws {ForeignGroupError} when the note is another program's: its epochs must not be taken for one's own, nor written over */
export function checkOwner(
  note: OffsetNote | undefined,
  { groupId, program }: { readonly groupId: string; readonly program: string },
): void {
  if (note?.program === undefined || note.program === program) return
  throw new ForeignGroupError({ groupId, program, other: note.program, isRunning: false })
}
