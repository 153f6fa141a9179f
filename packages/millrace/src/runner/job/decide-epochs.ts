// How a program's epochs are decided on by a system outside, and where its state is kept beside the folder.

import type { EpochTransaction, ReadSource } from '../../connector/epoch-transaction.ts'
import type { Program } from '../../plan/program.ts'
import type { RuntimePorts } from '../../types/ports.ts'
import { KeptChangelog } from '../changelog/kept-changelog.ts'
import { DecidedEpochs } from './decided-epochs.ts'

export interface DecideEpochsSettings {
  readonly program: Program
  readonly ports: RuntimePorts
  readonly transaction: EpochTransaction
  /** Nothing is kept but what the transaction has, too. */
  readonly isStateless: boolean
  /** State outlives the process. */
  readonly isDurable: boolean
  readonly readSources: () => readonly ReadSource[]
  readonly notice: ((text: string) => void) | undefined
}

export interface Decisions {
  readonly decisions: DecidedEpochs
  readonly changelog: KeptChangelog | undefined
}

export function decideEpochs(settings: DecideEpochsSettings): Decisions {
  const { program, ports, transaction, isStateless, isDurable, readSources } = settings
  const { options, fresh = false } = program.settings
  const isKept = !isStateless && isDurable && options?.get('state.changelog.enabled') !== 'false'
  const changelog = isKept
    ? new KeptChangelog({
        program: program.name,
        changelog: transaction.changelog(options?.get('state.changelog.topic')),
        random: ports.random,
        notice: settings.notice ?? (() => {}),
      })
    : undefined
  const decisions = new DecidedEpochs({
    program: program.name,
    transaction,
    random: ports.random,
    readSources,
    isStateless,
    isFresh: fresh,
    changelog,
  })
  return { decisions, changelog }
}
