// Complete parts get their names: readers see each as a whole, and of a replaced table nothing that was there before.

import { join } from 'node:path'
import type { Disk } from '../../../types/ports.ts'
import type { PartNames } from './part-names.ts'

export class PartPublisher {
  readonly #disk: Disk
  readonly #folder: string
  readonly #names: PartNames
  readonly #replaces: boolean

  /** @param replaces whether the parts take the place of all other files of the folder */
  constructor(disk: Disk, folder: string, names: PartNames, replaces: boolean) {
    this.#disk = disk
    this.#folder = folder
    this.#names = names
    this.#replaces = replaces
  }

  /**
   * Parts that are not in progress were renamed before; their reader may have taken them away since.
   *
   * @param names the files of the folder
   */
  async publish(numbers: readonly number[], names: readonly string[]): Promise<void> {
    const due = numbers.filter(n => names.includes(this.#names.inProgress(n)))
    if (this.#replaces && due.length > 0) await this.#removeOthers(numbers, names)
    for (const number of due) await this.#rename(number)
  }

  async #removeOthers(numbers: readonly number[], names: readonly string[]): Promise<void> {
    const own = new Set(numbers.map(n => this.#names.published(n)))
    for (const name of names) {
      if (name.startsWith('.') || own.has(name)) continue
      const path = join(this.#folder, name)
      // Folders are not of this table.
      if ((await this.#disk.info(path))?.kind === 'file') await this.#disk.remove(path)
    }
    // A rename that lasts while a removal does not would look as if all were done.
    await this.#disk.syncDirectory(this.#folder)
  }

  #rename(number: number): Promise<void> {
    const path = (name: string) => join(this.#folder, name)
    return this.#disk.rename(
      path(this.#names.inProgress(number)),
      path(this.#names.published(number)),
    )
  }
}
