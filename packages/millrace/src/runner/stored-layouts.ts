// The layouts of stored state in the commit, so that a changed program does not read what it takes for something else.

import type { BlobChange, RecoveredState } from '../state/state-backend.ts'
import { MillraceError } from '../types/errors.ts'

const BLOB = 'layouts'

/** What an operator stored is not what the program would store now. */
export class StateLayoutError extends MillraceError {
  constructor(facts: {
    readonly program: string
    readonly operator: string
    readonly stored: string
    readonly expected: string
  }) {
    super(
      'MR_STATE_INCOMPATIBLE',
      `The state of "${facts.program}" does not fit the program any more: ${facts.operator} has stored ${facts.stored}, but now is about ${facts.expected}`,
      {
        retry: 'reset-state',
        remedy: 'Take the change of columns, types or connector back, or start over with --fresh.',
      },
    )
  }
}

/** @throws {StateLayoutError} `MR_STATE_INCOMPATIBLE` for the first operator whose state has another layout */
export function checkLayouts(
  { blobs }: RecoveredState,
  program: string,
  layouts: ReadonlyMap<string, string>,
): void {
  const bytes = blobs.get(BLOB)
  if (!bytes) return
  const stored = JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, string>>
  for (const [operator, expected] of layouts) {
    const known = Object.hasOwn(stored, operator) ? stored[operator] : undefined
    if (known !== undefined && known !== expected)
      throw new StateLayoutError({ program, operator, stored: known, expected })
  }
}

/** Those of the program that is running, for the first commit. */
export const storeLayouts = (layouts: ReadonlyMap<string, string>): BlobChange => ({
  name: BLOB,
  bytes: new TextEncoder().encode(JSON.stringify(Object.fromEntries(layouts))),
})
