// How part files of one sink are named: `part-<sinkId>-<n>`, and while they are written `.part-<sinkId>-<n>.inprogress`.

const IN_PROGRESS = '.inprogress'

export class PartNames {
  /** The sink's id as it can stand in a file name. */
  readonly #id: string

  constructor(sinkId: string) {
    this.#id = sinkId.replaceAll(/[^A-Za-z0-9._-]/g, '_')
  }

  published(number: number): string {
    return `part-${this.#id}-${number}`
  }

  inProgress(number: number): string {
    return `.${this.published(number)}${IN_PROGRESS}`
  }

  /** The number in the name of a published part of this sink, or -1. */
  publishedNumber(name: string): number {
    return this.#numberIn(name, `part-${this.#id}-`, '')
  }

  /** The number in the name of a part in progress of this sink, or -1. */
  inProgressNumber(name: string): number {
    return this.#numberIn(name, `.part-${this.#id}-`, IN_PROGRESS)
  }

  #numberIn(name: string, prefix: string, suffix: string): number {
    if (!name.startsWith(prefix) || !name.endsWith(suffix)) return -1
    const digits = name.slice(prefix.length, name.length - suffix.length)
    return /^\d+$/.test(digits) ? Number(digits) : -1
  }
}
