// Rates over the last seconds, from samples of growing totals.

interface Sample {
  readonly atMs: number
  readonly total: number
}

const SPAN_MS = 3000

export class Rates {
  readonly #samples = new Map<string, Sample[]>()

  sample(name: string, total: number, atMs: number): void {
    const samples = this.#samples.get(name) ?? []
    this.#samples.set(name, samples)
    samples.push({ atMs, total })
    while (samples.length > 2 && (samples[0] as Sample).atMs < atMs - SPAN_MS) samples.shift()
  }

  /** 0 before there are two samples. */
  perSecond(name: string): number {
    const samples = this.#samples.get(name)
    const first = samples?.[0]
    const last = samples?.at(-1)
    if (!first || !last || last.atMs === first.atMs) return 0
    return Math.max(0, ((last.total - first.total) * 1000) / (last.atMs - first.atMs))
  }
}
