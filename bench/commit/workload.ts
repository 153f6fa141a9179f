// The workload of the commit benchmark: keys of 20 bytes, values of 32, random updates.

/** Deterministic numbers in [0, 2^32) (xorshift32). */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}

const HEX = new TextEncoder().encode('0123456789abcdef')

/** `user-` and 15 digits that scatter `index`: distinct for distinct indexes, in no order. */
export function keyBytes(index: number): Uint8Array {
  const key = new TextEncoder().encode('user-000000000000000')
  let scattered = Math.imul(index, 0x9e3779b1) >>> 0
  for (let i = 0; i < 8; i++, scattered >>>= 4) key[5 + i] = HEX[scattered & 15] as number
  return key
}

export function valueBytes(index: number, version: number): Uint8Array {
  const value = new Uint8Array(32)
  const view = new DataView(value.buffer)
  for (let i = 0; i < 8; i++)
    view.setUint32(i * 4, Math.imul(index + i, version + 0x85ebca6b) >>> 0)
  return value
}

/** The value at fraction `q` of the sorted figures, rounded to 0.1. */
export function quantile(figures: readonly number[], q: number): number {
  const sorted = figures.toSorted((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0
  return Math.round(value * 10) / 10
}
