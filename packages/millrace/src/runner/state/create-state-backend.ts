// The durable state of a folder on this machine.

import { rm } from 'node:fs/promises'
import type { StateBackend } from '../../state/state-backend.ts'
import type { RuntimePorts } from '../../types/ports.ts'
import { nodeDisk } from '../node-ports.ts'
import { DurableStateBackend } from './durable-state-backend.ts'
import { lockFolder } from './state-lock.ts'
import { foldInWorker } from './worker-fold.ts'

/** A backend over an absolute folder; call `open` next. On Node's own disk it folds in a thread. */
export function createStateBackend(folder: string, ports: RuntimePorts): StateBackend {
  const executor = ports.disk === nodeDisk ? { executor: foldInWorker } : {}
  return new DurableStateBackend({ folder, ports, lock: lockFolder, ...executor })
}

/** Removes what the folder holds, for a fresh start; refused while another process has it. */
export async function discardState(folder: string, ports: RuntimePorts): Promise<void> {
  if (!(await ports.disk.info(folder))) return
  const lock = await lockFolder(folder)
  await lock.release()
  await rm(folder, { recursive: true, force: true })
}
