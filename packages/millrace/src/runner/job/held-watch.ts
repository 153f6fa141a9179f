// Looks whether what there is may be read: records behind an open transaction may not, and a source may find nothing at all. Told once.

import type { SourceInput, SplitInput } from '../../runtime/source-input.ts'
import type { JobWatchSettings, WatchedSplit } from './job-watch.ts'
import { counted, seconds, told } from './trouble-text.ts'

export class HeldWatch {
  readonly #settings: JobWatchSettings
  /** By split: the end at which it stands still, and what was told of it. */
  readonly #held = new Map<SplitInput, { readonly end: number; readonly text: string }>()
  /** By source: since when it has nothing to read, monotonic, and what was told of it. */
  readonly #empty = new Map<SourceInput, { readonly since: number; readonly text?: string }>()

  constructor(settings: JobWatchSettings) {
    this.#settings = settings
  }

  get troubles(): readonly string[] {
    return [...this.#held.values(), ...this.#empty.values()].flatMap(({ text }) => text ?? [])
  }

  async look(watched: readonly WatchedSplit[], signal: AbortSignal): Promise<void> {
    this.#lookForEmpty()
    const open = new Set(watched.map(w => w.split))
    for (const split of this.#held.keys()) if (!open.has(split)) this.#held.delete(split)
    for (const one of watched) if (!signal.aborted) await this.#lookAt(one, signal)
  }

  async #lookAt({ input, split, name, lag }: WatchedSplit, signal: AbortSignal): Promise<void> {
    const { clock, timeoutMs, notice, program } = this.#settings
    const known = this.#held.get(split)
    if (lag?.held && known?.end === lag.end) return
    this.#held.delete(split)
    if (!lag?.held) return
    const heldMs = clock.now() - lag.held.sinceMs
    if (heldMs < timeoutMs) return
    const troubles = (await input.source.diagnose?.(split.split).catch(() => [])) ?? []
    if (signal.aborted) return
    const text = `${program}: what may be read of ${name} has stood still at ${lag.end} for ${seconds(heldMs)} s, with ${counted(lag.held.end - lag.end)} behind it. ${told(troubles, 'an open transaction holds them')}`
    this.#held.set(split, { end: lag.end, text })
    notice(text)
  }

  #lookForEmpty(): void {
    const { clock, timeoutMs, notice, program, inputs } = this.#settings
    const now = clock.monotonic()
    for (const input of inputs) {
      if (!input.source.diagnose || input.isFinished || input.open.length > 0) {
        this.#empty.delete(input)
        continue
      }
      const { since, text } = this.#empty.get(input) ?? { since: now }
      if (text !== undefined) continue
      const isLong = now - since >= timeoutMs
      const said = `${program}: there is nothing of ${input.source.describe()} that it may read.`
      this.#empty.set(input, { since, ...(isLong && { text: said }) })
      if (isLong) notice(said)
    }
  }
}
