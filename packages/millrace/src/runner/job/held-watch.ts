// Looks whether what there is may be read: records behind an open transaction may not, and a source may find nothing
// at all. Told once for each.

import type { SourceInput, SplitInput } from '../../runtime/source-input.ts'
import type { JobWatchSettings, WatchedSplit } from './job-watch.ts'
import { counted, seconds, told } from './trouble-text.ts'

/** What may be read of a split stands still. */
interface Standstill {
  readonly end: number
  readonly heldMs: number
  /** The longest of earlier ones, which have ended by themselves: whoever writes it takes so long for a transaction. */
  readonly usualMs: number
  /** What was told of it. */
  readonly text?: string
}

export class HeldWatch {
  readonly #settings: JobWatchSettings
  readonly #held = new Map<SplitInput, Standstill>()
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
    const isSame = lag?.held !== undefined && known?.end === lag.end
    const usualMs = Math.max(known?.usualMs ?? 0, isSame ? 0 : (known?.heldMs ?? 0))
    if (!lag?.held) {
      this.#held.set(split, { end: -1, heldMs: 0, usualMs })
      return
    }
    const heldMs = clock.now() - lag.held.sinceMs
    const text = isSame ? known.text : undefined
    this.#held.set(split, { end: lag.end, heldMs, usualMs, ...(text !== undefined && { text }) })
    if (text !== undefined || heldMs < Math.max(timeoutMs, 2 * usualMs)) return
    const troubles = (await input.source.diagnose?.(split.split).catch(() => [])) ?? []
    if (signal.aborted) return
    const said = `${program}: what may be read of ${name} has stood still at ${lag.end} for ${seconds(heldMs)} s, with ${counted(lag.held.end - lag.end)} behind it. ${told(troubles, 'an open transaction holds them')}`
    this.#held.set(split, { end: lag.end, heldMs, usualMs, text: said })
    notice(said)
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
