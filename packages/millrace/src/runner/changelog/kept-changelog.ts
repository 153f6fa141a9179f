// The changelog of a program's state: rebuilds the state from it, and keeps it whole.
//
//     open ─► [rebuild] ─► begin: the state is all in it, in one generation ─► append* with each epoch
//
// A new generation is begun, and the state written as a whole, where the changelog does not have the state at hand: at first, after state
// was converted or begun anew, and when the topic is another one. The generation before counts until an epoch of the new one is committed.
//
// See docs/adr/0013-changelog-topics.md.

import type { JsonValue } from '../../connector/source.ts'
import type { StateChangelog } from '../../connector/state-changelog.ts'
import type {
  BlobChange,
  EpochCommit,
  RecoveredState,
  StateBackend,
} from '../../state/state-backend.ts'
import type { Random } from '../../types/ports.ts'
import { ChangelogIncompleteError } from './changelog-errors.ts'
import { CommitChanges } from './commit-changes.ts'
import { ChangelogReader } from './read-changelog.ts'

/** Names the generation that holds the state, in the state itself. */
export const CHANGELOG_BLOB = '$changelog'

export interface KeptChangelogSettings {
  readonly program: string
  readonly changelog: StateChangelog
  readonly random: Random
  readonly notice: (text: string) => void
}

/** The state that a changelog must have. */
export interface WantedState {
  readonly generation: string
  /** Of the epoch that was committed last. */
  readonly token: string
  readonly epoch: number
  readonly tokenIn: (state: Pick<RecoveredState, 'blobs'>) => string | undefined
}

interface StoredGeneration {
  readonly generation: string
  readonly identity: string
}

export class KeptChangelog {
  readonly #settings: KeptChangelogSettings
  #changes: CommitChanges | undefined
  #generation: string | undefined
  #identity = ''
  #end: JsonValue = null
  /** What stands before is of generations that count no more, once an epoch of this one is committed. */
  #oldEnd: JsonValue | undefined
  /** Not yet part of a commit. */
  #unstored: BlobChange[] = []

  constructor(settings: KeptChangelogSettings) {
    this.#settings = settings
  }

  /** The one that is written; undefined before `begin`. */
  get generation(): string | undefined {
    return this.#generation
  }

  async open(): Promise<void> {
    const { identity, end } = await this.#settings.changelog.open()
    this.#identity = identity
    this.#end = end
  }

  /** Replaces what the backend holds. @throws {ChangelogIncompleteError} */
  async rebuild(backend: StateBackend, wanted: WantedState): Promise<RecoveredState> {
    const { program, changelog, notice } = this.#settings
    notice(`${program} rebuilds its state, as of epoch ${wanted.epoch}, from ${changelog.place}.`)
    const reader = new ChangelogReader(changelog, wanted.generation)
    const recovered = await backend.replace(reader.deltas(), () => {
      const { blobs, outboxes } = reader
      const found = wanted.tokenIn({ blobs })
      if (found !== wanted.token)
        throw new ChangelogIncompleteError({
          program,
          place: changelog.place,
          decided: wanted.token,
          found,
        })
      return { epoch: wanted.epoch, blobs, outboxes }
    })
    notice(`${program} has rebuilt its state, of ${reader.changes} changes.`)
    return recovered
  }

  /** Sees to it that the changelog has all of the state. */
  async begin(backend: StateBackend, recovered: RecoveredState): Promise<void> {
    const { changelog, random } = this.#settings
    const stored = storedGeneration(recovered)
    const isKept = stored?.identity === this.#identity
    const generation = isKept
      ? stored.generation
      : Math.floor(random.next() * 2 ** 32)
          .toString(16)
          .padStart(8, '0')
    const changes = new CommitChanges(changelog, generation)
    if (!isKept) {
      await changes.appendAll(backend, recovered)
      this.#oldEnd = this.#end
      const named: StoredGeneration = { generation, identity: this.#identity }
      const bytes = new TextEncoder().encode(JSON.stringify(named))
      this.#unstored = [{ name: CHANGELOG_BLOB, bytes }]
    }
    changes.resume(recovered)
    this.#changes = changes
    this.#generation = generation
  }

  /** What a commit must hold beside its own. */
  takeBlobs(): readonly BlobChange[] {
    return this.#unstored.splice(0)
  }

  /** Adds an epoch to the transaction that is open. */
  append(commit: EpochCommit): void {
    this.#changes?.append(commit)
  }

  /** An epoch of this generation is committed. */
  async committed(): Promise<void> {
    const position = this.#oldEnd
    this.#oldEnd = undefined
    if (position !== undefined) await this.#settings.changelog.dropBefore(position)
  }
}

function storedGeneration({ blobs }: RecoveredState): StoredGeneration | undefined {
  const bytes = blobs.get(CHANGELOG_BLOB)
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as StoredGeneration)
}
