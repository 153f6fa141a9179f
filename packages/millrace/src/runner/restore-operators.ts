// Puts keyed state back into operators, and refuses state that no operator of the program owns.

import type { Operator } from '../runtime/operator.ts'
import type { RecoveredState, StateBackend } from '../state/state-backend.ts'
import { MillraceError } from '../types/errors.ts'

/** The state holds keys of operators that the program no longer has: it was changed since. */
export class OrphanedStateError extends MillraceError {
  constructor(facts: { readonly program: string; readonly operators: readonly string[] }) {
    super(
      'MR_STATE_INCOMPATIBLE',
      `The state of "${facts.program}" has operators that the program no longer has: ${facts.operators.join(', ')}`,
      {
        retry: 'reset-state',
        remedy:
          'Put them back, start over with --fresh, or drop their state with --allow-orphaned-state.',
      },
    )
  }
}

/**
 * Scans every operator's entries into it; `restored` is called for all, in plan order.
 *
 * @throws {OrphanedStateError} `MR_STATE_INCOMPATIBLE` when state is left over, unless that is allowed
 */
export async function restoreOperators(
  backend: StateBackend,
  recovered: RecoveredState,
  operators: readonly Operator[],
  settings: { readonly program: string; readonly allowOrphanedState: boolean },
): Promise<void> {
  const stored = new Set(recovered.operators)
  const known = new Set(operators.map(o => o.id))
  const orphaned: string[] = []
  for (const id of stored) if (!known.has(id) && (await hasEntries(backend, id))) orphaned.push(id)
  if (orphaned.length > 0 && !settings.allowOrphanedState)
    throw new OrphanedStateError({ program: settings.program, operators: orphaned })
  for (const operator of operators) {
    if (stored.has(operator.id))
      for await (const chunk of backend.scan(operator.id))
        for (const entry of chunk) operator.restore(entry)
    operator.restored()
  }
}

/** Operators whose keys have all been removed leave nothing behind. */
async function hasEntries(backend: StateBackend, operator: string): Promise<boolean> {
  for await (const chunk of backend.scan(operator)) if (chunk.length > 0) return true
  return false
}
