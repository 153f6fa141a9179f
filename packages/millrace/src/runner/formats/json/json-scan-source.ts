// Source of the functions that generated scanners call for each value; in the scanner's module, so that V8 inlines them.

/**
 * Source of `stringEnd(bytes, p)`: behind the closing quote of the string whose content starts at `p`, or -1; four bytes at a time.
 *
 * Of each byte `x`, `x ^ 2` is below 33 when `x` is a quote or below 32; the subtraction then borrows into its highest bit. A
 * borrow runs on to higher bytes only, so the lowest of these bits is exact. @see Warren, "Hacker's Delight", section 6-1
 */
export const stringEnd = `function stringEnd(bytes, p) {
  const limit = bytes.length - 4
  let seen = 0
  while (p <= limit) {
    const w = view.getInt32(p, true)
    seen |= w
    const q = w ^ 0x02020202
    const b = w ^ 0x5c5c5c5c
    const stop = ((q - 0x21212121) & ~q | (b - 0x01010101) & ~b) & -0x7f7f7f80
    if (stop !== 0) {
      p += (31 - Math.clz32(stop & -stop)) >> 3
      if (bytes[p] === 34) {
        isPlain = (seen & -0x7f7f7f80) === 0 ? 1 : 0
        return p + 1
      }
      break
    }
    p += 4
  }
  isPlain = 0
  return skipString(bytes, p)
}`

/** Source of `scalarEnd(bytes, p)`: behind the number or word that starts at `p`, or -1 when there is none. */
export const scalarEnd = `function scalarEnd(bytes, p) {
  const start = p
  if (p + 4 <= bytes.length && view.getInt32(p, true) === ${Buffer.from('null').readInt32LE()}) p += 4
  while (SCALAR[bytes[p]] === 1) p++
  return p === start ? -1 : p
}`
