// Watermark alignment: splits of one group do not run ahead of each other in event time by more than their source's drift.

import { MAX_WATERMARK } from '../types/value.ts'
import type { SourceInput, SplitInput } from './source-input.ts'

export class WatermarkAlignment {
  readonly #groups = new Map<string, SourceInput[]>()

  constructor(inputs: readonly SourceInput[]) {
    for (const input of inputs) {
      const group = input.watermarkSettings.alignment?.group
      if (group === undefined || !input.hasWatermark) continue
      const members = this.#groups.get(group) ?? []
      this.#groups.set(group, [...members, input])
    }
  }

  /** The watermark that splits of the source must not pass now. */
  limitOf(input: SourceInput): number {
    const { alignment } = input.watermarkSettings
    if (!alignment || !this.#groups.has(alignment.group)) return MAX_WATERMARK
    const behind = this.furthestBehind(input)?.state.watermark ?? MAX_WATERMARK
    return behind + alignment.maxDriftMs
  }

  /** The split that the others of the source's group wait for. */
  furthestBehind({ watermarkSettings: { alignment } }: SourceInput): SplitInput | undefined {
    let behind: SplitInput | undefined
    for (const { open } of (alignment && this.#groups.get(alignment.group)) ?? [])
      for (const split of open)
        if (!split.isIdle && split.state.watermark < (behind?.state.watermark ?? MAX_WATERMARK))
          behind = split
    return behind
  }
}
