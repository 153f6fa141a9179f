// Which stored epoch holds, when a system outside decides: its token of the last one is compared with those in the state.

import type { EpochTransaction, ReadSource } from '../../connector/epoch-transaction.ts'
import type { DecidedEpoch, EpochDecisions } from '../../runtime/epochs.ts'
import type { CommitCheck, RecoveredState } from '../../state/state-backend.ts'
import { MillraceError } from '../../types/errors.ts'
import type { Random } from '../../types/ports.ts'
import type { EpochCommit } from '../../state/state-backend.ts'
import type { KeptChangelog, WantedState } from '../changelog/kept-changelog.ts'
import { makeToken, readToken } from './epoch-token.ts'

const BLOB = '$transaction'

/** What a commit says of its own transaction. */
interface StoredTokens {
  readonly token: string
  /** Of the epoch before; absent: there was none. */
  readonly previous?: string
}

/** The state folder is not that of the last epoch which was committed. */
export class StateSupersededError extends MillraceError {
  constructor(facts: {
    readonly program: string
    readonly system: string
    readonly stored: string | undefined
    readonly decided: string | undefined
  }) {
    const { program, system, stored, decided } = facts
    super(
      'MR_STATE_SUPERSEDED',
      decided === undefined
        ? `The state of "${program}" goes on from an epoch (${stored}) that ${system} does not know.`
        : `${system} has committed an epoch of "${program}" (${decided}) that is not the last one in its state (${stored ?? 'which is empty'}).`,
      {
        domain: 'external',
        retry: 'reset-state',
        remedy:
          decided === undefined
            ? 'Its committed offsets were deleted or have expired: reset them to where this state is, or start with fresh state.'
            : 'Another process has gone on with a state folder of its own, or this folder was restored from an older copy: start with the folder that was used last, or with a new name for the program and fresh state.',
      },
    )
  }
}

export interface DecidedEpochsSettings {
  readonly program: string
  readonly transaction: EpochTransaction
  readonly random: Random
  /** How far the sources have been read now. */
  readonly readSources: () => readonly ReadSource[]
  /** Nothing is kept but positions, which the outside has, too: another epoch than the stored one can be gone on from. */
  readonly isStateless: boolean
  /** The program was told to begin anew, whatever was decided before. */
  readonly isFresh: boolean
  /** Where the state can be had from, when the folder has not that of the last epoch. */
  readonly changelog: KeptChangelog | undefined
}

/** Makes tokens, and compares them. */
export class DecidedEpochs implements EpochDecisions {
  readonly #settings: DecidedEpochsSettings
  #last: string | undefined
  /** What is stored is not of the last epoch: the sources go on from where the outside says. */
  isStoredOutdated = false
  /** The state of another epoch than the stored one holds: the changelog has it. */
  wanted: WantedState | undefined

  constructor(settings: DecidedEpochsSettings) {
    this.#settings = settings
  }

  /** Whether the last stored epoch holds. @throws {StateSupersededError} when another one does */
  readonly holds: CommitCheck = async (last, mayBeUndone) => {
    const { program, transaction, isStateless, isFresh, changelog } = this.#settings
    const stored = storedTokens(last)
    const decided = await transaction.decided()
    this.#last = decided
    if (decided === stored?.token || (isFresh && last.epoch === 0)) return true
    if (mayBeUndone && stored && decided === stored.previous) return false
    // Offsets expire when a program rests for long; its state does not, and was found to hold when it stopped.
    if (decided === undefined && stored && !mayBeUndone) {
      this.#last = stored.token
      return true
    }
    this.isStoredOutdated = isStateless
    if (isStateless) return true
    const { epoch, generation } = readToken(decided ?? '')
    if (changelog && decided !== undefined && generation !== undefined) {
      this.wanted = { generation, token: decided, epoch, tokenIn: s => storedTokens(s)?.token }
      return true
    }
    const { system } = transaction
    throw new StateSupersededError({ program, system, stored: stored?.token, decided })
  }

  get namesKeys(): boolean {
    return this.#settings.changelog !== undefined
  }

  begin(epoch: number): DecidedEpoch {
    const { transaction, readSources, changelog } = this.#settings
    const token = makeToken(epoch, this.#digits(), changelog?.generation)
    const sources = readSources()
    const tokens: StoredTokens = {
      token,
      ...(this.#last !== undefined && { previous: this.#last }),
    }
    return {
      blobs: [
        { name: BLOB, bytes: new TextEncoder().encode(JSON.stringify(tokens)) },
        ...(changelog?.takeBlobs() ?? []),
      ],
      prepare: async (commit: EpochCommit) => {
        changelog?.append(commit)
        await transaction.prepare({ epoch, token, sources })
      },
      commit: async () => {
        await transaction.commit(epoch)
        this.#last = token
        await changelog?.committed()
      },
    }
  }

  #digits(): string {
    return Math.floor(this.#settings.random.next() * 2 ** 48)
      .toString(16)
      .padStart(12, '0')
  }
}

function storedTokens({ blobs }: Pick<RecoveredState, 'blobs'>): StoredTokens | undefined {
  const bytes = blobs.get(BLOB)
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as StoredTokens)
}
