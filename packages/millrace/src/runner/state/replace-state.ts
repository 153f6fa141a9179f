// Replaces the content of a state folder by the state of another history.
//
//     nothing, marked as unfinished ─► deltas, folded as they grow ─► blobs and the epoch, unmarked
//
// Law: each arrow is a manifest. What a crash leaves between the first and the last is marked, and counts as nothing.

import type { OperatorDelta, RecoveredState } from '../../state/state-backend.ts'
import type { Disk } from '../../types/ports.ts'
import type { StoredCommit } from './commit-codec.ts'
import type { CommitLog } from './commit-log.ts'
import type { CommittedMetadata } from './committed-metadata.ts'
import type { RunFile } from './manifest.ts'
import type { StateRoot } from './state-root.ts'

const UNFINISHED = '$unfinished'
/** Of log that is not folded, while it is held in memory. */
const FOLD_AFTER_BYTES = 32 * 1024 * 1024

export interface ReplacedParts {
  readonly disk: Disk
  readonly folder: string
  readonly log: CommitLog
  readonly root: StateRoot
  readonly metadata: CommittedMetadata
  readonly fold: () => Promise<void>
  /** The log has lost segments. */
  readonly onForgotten: () => void
}

/** Whether a crash has cut a replacement short. */
export const isUnfinished = (folded: StoredCommit): boolean =>
  folded.blobs.some(b => b.name === UNFINISHED)

/** Removes everything. */
export function clearState(parts: ReplacedParts): Promise<void> {
  return startOver(parts, [], commitOf({ epoch: 0, blobs: new Map(), outboxes: [] }))
}

export async function replaceState(
  parts: ReplacedParts,
  deltas: AsyncIterable<readonly OperatorDelta[]>,
  rest: () => Pick<RecoveredState, 'epoch' | 'blobs' | 'outboxes'>,
): Promise<void> {
  const { log, root, fold } = parts
  const mark = new Map([[UNFINISHED, new Uint8Array()]])
  await startOver(parts, [], commitOf({ epoch: 0, blobs: mark, outboxes: [] }))
  for await (const part of deltas) {
    if (part.length === 0) continue
    const epoch = log.epoch + 1
    await log.append({ epoch, deltas: part, blobs: [], outboxes: [], trims: [] })
    if (log.bytes > FOLD_AFTER_BYTES) await fold()
  }
  await fold()
  await startOver(parts, root.base.files, commitOf(rest()))
}

/** Makes these runs and this commit the whole state, durably, then begins the log behind them. */
async function startOver(
  { disk, folder, log, root, metadata, onForgotten }: ReplacedParts,
  files: readonly RunFile[],
  folded: StoredCommit,
): Promise<void> {
  const gone = root.base.files.filter(f => !files.includes(f)).map(f => `${folder}/${f.name}`)
  const last = log.current.number
  await root.install(files, last + 1, folded)
  metadata.clear()
  metadata.apply(folded)
  await log.restart(folded.epoch)
  gone.push(...log.forget(last))
  onForgotten()
  for (const path of gone) await disk.remove(path)
}

function commitOf({
  epoch,
  blobs,
  outboxes,
}: Pick<RecoveredState, 'epoch' | 'blobs' | 'outboxes'>): StoredCommit {
  const named = [...blobs].map(([name, bytes]) => ({ name, bytes }))
  return { epoch, blobs: named, outboxes, trims: [], deltas: [] }
}
