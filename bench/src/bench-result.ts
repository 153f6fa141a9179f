// What a benchmark reports, as a row of the table and an entry of the JSON file.

export interface BenchResult {
  /** Such as `nexmark-q0`. */
  readonly name: string
  /** Ours and what it is compared with, in `unit`: medians. */
  readonly ours: number
  readonly peer?: number
  readonly unit: string
  /** How many times better ours is than the peer, or than the limit where there is no peer: above 1 is better. */
  readonly ratio: number
  /** What the ratio should reach. */
  readonly target: number
  /** Lowest and highest of the ratios (or figures) of the repetitions. */
  readonly spread: readonly [number, number]
  /** What else was measured. */
  readonly details: Readonly<Record<string, unknown>>
}

export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** Three significant digits, as people read figures. */
export function rounded(figure: number): number {
  return figure >= 1000 ? Math.round(figure) : Number(figure.toPrecision(3))
}

export function printResults(results: readonly BenchResult[]): void {
  const rows = results.map(r => ({
    benchmark: r.name,
    ours: `${rounded(r.ours).toLocaleString('en')} ${r.unit}`,
    'compared with':
      r.peer === undefined ? '' : `${rounded(r.peer).toLocaleString('en')} ${r.unit}`,
    ratio: rounded(r.ratio),
    spread: r.spread.map(rounded).join(' – '),
    target: `≥ ${r.target}`,
    reached: r.ratio >= r.target ? 'yes' : 'no',
  }))
  console.table(rows)
}
