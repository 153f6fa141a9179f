// Opens a program's state: as the last epoch that holds has left it, wherever that is to be had from.

import type { StateLayout } from '../../compiler/state-layout.ts'
import type { Program } from '../../plan/program.ts'
import type { RecoveredState, StateBackend } from '../../state/state-backend.ts'
import type { KeptChangelog } from '../changelog/kept-changelog.ts'
import { evolveState } from '../evolution/evolve-state.ts'
import type { DecidedEpochs } from './decided-epochs.ts'

export interface OpenStateSettings {
  readonly program: Program
  readonly backend: StateBackend
  /** Of programs whose epochs a system outside decides on. */
  readonly decisions: DecidedEpochs | undefined
  readonly changelog: KeptChangelog | undefined
  readonly layouts: ReadonlyMap<string, StateLayout>
}

/** From the folder; from the changelog, where that has a later state; in the form that the program has now. */
export async function openState(
  { program, backend, decisions, changelog, layouts }: OpenStateSettings,
  failpoint: (name: string) => void = () => {},
): Promise<RecoveredState> {
  await changelog?.open()
  const opened = await backend.open({ name: program.name }, decisions?.holds)
  failpoint('job.state-opened')
  const wanted = decisions?.wanted
  const found = wanted && changelog ? await changelog.rebuild(backend, wanted) : opened
  failpoint('job.state-rebuilt')
  const evolved = await evolveState(backend, found, program.name, layouts)
  failpoint('job.state-evolved')
  await changelog?.begin(backend, evolved)
  failpoint('job.changelog-begun')
  return evolved
}
