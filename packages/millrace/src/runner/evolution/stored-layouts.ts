// The layouts of stored state in the commit, so that a changed program does not read what it takes for something else.

import type { StateLayout } from '../../compiler/state-layout.ts'
import type { BlobChange, RecoveredState } from '../../state/state-backend.ts'
import { MillraceError } from '../../types/errors.ts'
import { type RowChange, rowChangeOf, Unchangeable } from './row-change.ts'

const BLOB = 'layouts'

/** What an operator stored is not what the program would store now. */
export class StateLayoutError extends MillraceError {
  constructor(facts: {
    readonly program: string
    readonly operator: string
    readonly stored: string
    readonly expected: string
    /** The column that is the reason; empty: all is. */
    readonly why: string
  }) {
    super(
      'MR_STATE_INCOMPATIBLE',
      `The state of "${facts.program}" does not fit the program any more: ${facts.operator} has stored ${facts.stored}, but now is about ${facts.expected}${facts.why === '' ? '' : `: ${facts.why}`}`,
      {
        retry: 'reset-state',
        remedy: 'Take the change of columns, types or connector back, or start over with --fresh.',
      },
    )
  }
}

/**
 * The operators whose rows have other columns than are stored, with what to do about it.
 *
 * @throws {StateLayoutError} `MR_STATE_INCOMPATIBLE` for the first operator whose state cannot be made what it stores now
 */
export function changedLayouts(
  { blobs }: RecoveredState,
  program: string,
  layouts: ReadonlyMap<string, StateLayout>,
): ReadonlyMap<string, readonly RowChange[]> {
  const changed = new Map<string, readonly RowChange[]>()
  const bytes = blobs.get(BLOB)
  if (!bytes) return changed
  const stored = JSON.parse(new TextDecoder().decode(bytes)) as Readonly<
    Record<string, StateLayout | string>
  >
  for (const [operator, expected] of layouts) {
    const known = Object.hasOwn(stored, operator) ? stored[operator] : undefined
    if (known === undefined) continue
    const changes = changesOf(known, expected)
    if (changes instanceof Unchangeable)
      throw new StateLayoutError({
        program,
        operator,
        stored: typeof known === 'string' ? known : known.text,
        expected: expected.text,
        why: changes.why,
      })
    if (changes.length > 0) changed.set(operator, changes)
  }
  return changed
}

/** Before rows were described apart, a layout was its text alone. */
function changesOf(
  stored: StateLayout | string,
  expected: StateLayout,
): readonly RowChange[] | Unchangeable {
  const text = typeof stored === 'string' ? stored : stored.text
  if (typeof stored === 'string' || expected.rows.length === 0)
    return text === expected.text ? [] : new Unchangeable('')
  if (stored.functions !== expected.functions)
    return new Unchangeable(`${stored.functions} became ${expected.functions}`)
  const changes: RowChange[] = []
  for (const [i, rows] of expected.rows.entries()) {
    const before = stored.rows[i]
    const change = before ? rowChangeOf(before, rows) : new Unchangeable('')
    if (change instanceof Unchangeable) return change
    if (change) changes.push(change)
  }
  return changes
}

/** Those of the program that is running, for the first commit. */
export const storeLayouts = (layouts: ReadonlyMap<string, StateLayout>): BlobChange => ({
  name: BLOB,
  bytes: new TextEncoder().encode(JSON.stringify(Object.fromEntries(layouts))),
})
