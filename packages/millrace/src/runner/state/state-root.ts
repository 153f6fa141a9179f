// The root of a state folder while it is open: the manifest that counts, and the runs that it names.

import { StateIncompatibleError } from '../../state/state-errors.ts'
import type { Disk } from '../../types/ports.ts'
import { BaseStore, runName, runNumber } from './base-store.ts'
import type { StoredCommit } from './commit-codec.ts'
import { CommittedMetadata } from './committed-metadata.ts'
import { segmentNumber } from './log-segment.ts'
import {
  type Manifest,
  MANIFEST_DRAFT_NAME,
  readManifest,
  type RunFile,
  writeManifest,
} from './manifest.ts'

/** Only the fold installs: it alone writes the manifest. */
export class StateRoot {
  readonly base: BaseStore
  readonly #disk: Disk
  readonly #folder: string
  #program = ''
  #folded: StoredCommit = new CommittedMetadata().toCommit(0)
  #nextRun = 1

  constructor(disk: Disk, folder: string) {
    this.#disk = disk
    this.#folder = folder
    this.base = new BaseStore(disk, folder)
  }

  /** Epoch, blobs and outboxes as of the last folded commit. */
  get folded(): StoredCommit {
    return this.#folded
  }

  /** Reads the manifest or makes the first one, removes what it does not name, and opens the runs. Gives the first segment. */
  async open(program: string): Promise<number> {
    this.#program = program
    const { runs, folded, nextRun, firstSegment } = await this.#readOrCreate()
    this.#folded = folded
    this.#nextRun = nextRun
    await this.#removeLeftovers(firstSegment, new Set(runs.map(r => r.name)))
    await this.base.install(runs)
    return firstSegment
  }

  /** The name of a run that no manifest has named yet. */
  nextRunName(): string {
    return runName(this.#nextRun++)
  }

  /** Makes other runs count, durably; then opens them in place of those before. */
  async install(
    runs: readonly RunFile[],
    firstSegment: number,
    folded = this.#folded,
  ): Promise<void> {
    this.#folded = folded
    await writeManifest(this.#disk, this.#folder, { ...this.manifest(firstSegment), runs })
    await this.base.install(runs)
  }

  manifest(firstSegment: number): Manifest {
    return {
      program: this.#program,
      firstSegment,
      nextRun: this.#nextRun,
      runs: this.base.files,
      folded: this.#folded,
    }
  }

  async #readOrCreate(): Promise<Manifest> {
    const stored = await readManifest(this.#disk, this.#folder)
    if (!stored) {
      const first = this.manifest(1)
      await writeManifest(this.#disk, this.#folder, first)
      return first
    }
    if (stored.program !== this.#program)
      throw new StateIncompatibleError({
        folder: this.#folder,
        what: 'program',
        stored: stored.program,
        expected: this.#program,
      })
    return stored
  }

  /** Removes what a crash left between two manifests. */
  async #removeLeftovers(firstSegment: number, runs: ReadonlySet<string>): Promise<void> {
    for (const name of await this.#disk.list(this.#folder)) {
      const isOldSegment = (segmentNumber(name) ?? firstSegment) < firstSegment
      const isOtherRun = runNumber(name) !== undefined && !runs.has(name)
      if (isOldSegment || isOtherRun || name === MANIFEST_DRAFT_NAME)
        await this.#disk.remove(`${this.#folder}/${name}`)
    }
  }
}
