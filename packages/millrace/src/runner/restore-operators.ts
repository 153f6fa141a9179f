// Puts keyed state back into operators, and refuses state that no operator of the program owns.

import type { Operator } from '../runtime/operator.ts'
import type { RecoveredState, StateBackend } from '../state/state-backend.ts'

/** Scans every operator's entries into it; `restored` is called for all, in plan order. */
export async function restoreOperators(
  backend: StateBackend,
  recovered: RecoveredState,
  operators: readonly Operator[],
): Promise<void> {
  const stored = new Set(recovered.operators)
  for (const operator of operators) {
    if (stored.has(operator.id))
      for await (const chunk of backend.scan(operator.id))
        for (const entry of chunk) operator.restore(entry)
    operator.restored()
  }
}
