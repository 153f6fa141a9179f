// The durable state of a folder on this machine.

import type { StateBackend } from '../../state/state-backend.ts'
import type { RuntimePorts } from '../../types/ports.ts'
import { nodeDisk } from '../node-ports.ts'
import { runNumber } from './base-store.ts'
import { CommittedMetadata } from './committed-metadata.ts'
import { DurableStateBackend } from './durable-state-backend.ts'
import { segmentNumber } from './log-segment.ts'
import { MANIFEST_DRAFT_NAME, MANIFEST_NAME, writeManifest } from './manifest.ts'
import { lockFolder } from './state-lock.ts'
import { foldInWorker } from './worker-fold.ts'

/** A backend over an absolute folder; call `open` next. On Node's own disk it folds in a thread. */
export function createStateBackend(folder: string, ports: RuntimePorts): StateBackend {
  const executor = ports.disk === nodeDisk ? { executor: foldInWorker } : {}
  return new DurableStateBackend({ folder, ports, lock: lockFolder, ...executor })
}

/**
 * Removes the state that the folder holds, for a fresh start; refused while another process has it.
 *
 * Files that no state backend has written stay: the folder may have been named by mistake.
 */
export async function discardState(folder: string, ports: RuntimePorts): Promise<void> {
  const { disk } = ports
  if (!(await disk.info(folder))) return
  const lock = await lockFolder(folder)
  try {
    const names = (await disk.list(folder)).filter(isStateFile)
    if (names.length === 0) return
    // An empty manifest first: a crash from here on leaves nothing that would be taken for state.
    const next = (numberOf: (name: string) => number | undefined) =>
      1 + Math.max(0, ...names.map(name => numberOf(name) ?? 0))
    await writeManifest(disk, folder, {
      program: DISCARDED,
      firstSegment: next(segmentNumber),
      nextRun: next(runNumber),
      runs: [],
      folded: new CommittedMetadata().toCommit(0),
    })
    for (const name of names)
      if (name !== MANIFEST_NAME && name !== MANIFEST_DRAFT_NAME)
        await disk.remove(`${folder}/${name}`)
    await disk.remove(`${folder}/${MANIFEST_NAME}`)
    await disk.syncDirectory(folder)
  } finally {
    await lock.release()
  }
}

/** Names the owner of state whose discarding a crash has cut short. */
const DISCARDED = 'discarded state'

/** Whether a state backend writes files of this name. */
export function isStateFile(name: string): boolean {
  return (
    name === MANIFEST_NAME ||
    name === MANIFEST_DRAFT_NAME ||
    segmentNumber(name) !== undefined ||
    runNumber(name) !== undefined
  )
}
