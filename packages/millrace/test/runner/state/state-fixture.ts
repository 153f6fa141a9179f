// Backends over a simulated machine.

import type { SimulatedDisk } from '@millrace/testing'
import {
  DurableStateBackend,
  type DurableStateOptions,
} from '../../../src/runner/state/durable-state-backend.ts'
import type { RuntimePorts } from '../../../src/types/ports.ts'

export const FOLDER = '/state'

/** Ports over a simulated disk; time passes by calls, so that paced work yields now and then. */
export function simulatedPorts(disk: SimulatedDisk): RuntimePorts {
  let now = 0
  return {
    clock: { now: () => now, monotonic: () => now++, sleep: async () => {} },
    random: { next: () => 0.5 },
    disk,
  }
}

/** A backend without a lock: the simulated machine runs one process. */
export function backendOn(
  disk: SimulatedDisk,
  options: Partial<DurableStateOptions> = {},
): DurableStateBackend {
  const lock = async () => ({ release: async () => {} })
  return new DurableStateBackend({ folder: FOLDER, ports: simulatedPorts(disk), lock, ...options })
}
