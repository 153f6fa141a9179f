// Figures as short text of a steady width.

const SI = ['', 'k', 'M', 'G', 'T']
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

/** Three digits at least where there are three: `84.1k`. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return scaled(value, 1_000, SI, '')
}

export const shortBytes = (value: number): string => scaled(value, 1_024, BINARY, ' ')

function scaled(value: number, base: number, units: readonly string[], space: string): string {
  let n = value
  let unit = 0
  while (Math.abs(n) >= base && unit < units.length - 1) {
    n /= base
    unit++
  }
  const digits = unit === 0 ? (Number.isInteger(n) ? 0 : 1) : Math.abs(n) < 100 ? 1 : 0
  return `${n.toFixed(digits)}${space}${units[unit]}`
}

export function shortDuration(ms: number): string {
  if (!Number.isFinite(ms)) return '–'
  if (Math.abs(ms) < 1_000) return `${Math.round(ms)} ms`
  if (Math.abs(ms) < 120_000) return `${(ms / 1_000).toFixed(1)} s`
  if (Math.abs(ms) < 7_200_000) return `${(ms / 60_000).toFixed(1)} min`
  if (Math.abs(ms) < 172_800_000) return `${(ms / 3_600_000).toFixed(1)} h`
  return `${(ms / 86_400_000).toFixed(1)} d`
}

/** Event time in UTC, as tables show it. */
export function eventTime(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return '–'
  return new Date(ms).toISOString().replace('T', ' ').slice(0, 19)
}

/** All digits, grouped. */
export const grouped = (value: number): string => value.toLocaleString('en-US')
