// The default state backend of the embedded runner.

import type { StateBackend } from '../../state/state-backend.ts'
import type { RuntimePorts } from '../../types/ports.ts'
import { DurableStateBackend } from './durable-state-backend.ts'
import { lockFolder } from './state-lock.ts'
import { foldInWorker } from './worker-fold.ts'

/** A backend over an absolute folder of the real disk; call `open` next. */
export function createStateBackend(folder: string, ports: RuntimePorts): StateBackend {
  return new DurableStateBackend({ folder, ports, lock: lockFolder, executor: foldInWorker })
}
