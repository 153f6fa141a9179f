// Brings the state of a changed program into its new form, in one commit of its own, before anything reads it.
//
// A start either finds state of the old form, with the old layouts, or of the new one with the new: a crash between changes nothing.

import type { StateLayout } from '../../compiler/state-layout.ts'
import { DeltaWriter } from '../../state/delta-format.ts'
import type { OperatorDelta, RecoveredState, StateBackend } from '../../state/state-backend.ts'
import { CHANGELOG_BLOB } from '../changelog/kept-changelog.ts'
import { changedLayouts, storeLayouts } from './stored-layouts.ts'
import { type ConvertEntry, createEntryConverter } from './convert-entry.ts'
import type { RowChange } from './row-change.ts'

/**
 * What the state is after it was changed; as it was, when it fits.
 *
 * @throws {StateLayoutError} `MR_STATE_INCOMPATIBLE` when an operator has stored what cannot be made what it stores now
 */
export async function evolveState(
  backend: StateBackend,
  recovered: RecoveredState,
  program: string,
  layouts: ReadonlyMap<string, StateLayout>,
): Promise<RecoveredState> {
  const changed = changedLayouts(recovered, program, layouts)
  if (changed.size === 0) return recovered
  const deltas: OperatorDelta[] = []
  for (const [operator, changes] of changed)
    deltas.push({ operator, bytes: await converted(backend, operator, changes) })
  const epoch = recovered.epoch + 1
  const layout = storeLayouts(layouts)
  // A changelog has the state as it was.
  const outdated = { name: CHANGELOG_BLOB, bytes: undefined }
  await backend.commit({ epoch, deltas, blobs: [layout, outdated], outboxes: [], trims: [] })
  const blobs = new Map(recovered.blobs).set(layout.name, layout.bytes as Uint8Array)
  blobs.delete(CHANGELOG_BLOB)
  return { ...recovered, epoch, blobs }
}

async function converted(
  backend: StateBackend,
  operator: string,
  changes: readonly RowChange[],
): Promise<Uint8Array> {
  const converters = new Map<number, ConvertEntry>(
    changes.map(change => [change.table, createEntryConverter(change)]),
  )
  const writer = new DeltaWriter()
  writer.deleteAll()
  for await (const chunk of backend.scan(operator))
    for (const entry of chunk) {
      const made = converters.get(entry.table)?.(entry) ?? entry
      writer.putBytes(made, made.value)
    }
  return writer.take()
}
