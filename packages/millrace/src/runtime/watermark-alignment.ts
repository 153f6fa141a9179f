// Watermark alignment: splits of one group do not run ahead of each other in event time by more than their source's drift.

import { MAX_WATERMARK } from '../types/value.ts'
import type { SourceInput } from './source-input.ts'

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
  limitOf({ watermarkSettings: { alignment } }: SourceInput): number {
    const members = alignment && this.#groups.get(alignment.group)
    if (!members) return MAX_WATERMARK
    let behind = MAX_WATERMARK
    for (const { open } of members)
      for (const split of open)
        if (!split.isIdle && split.state.watermark < behind) behind = split.state.watermark
    return behind + alignment.maxDriftMs
  }
}
