// Key groups: the unit in which keyed state is divided among tasks.

/** Fixed for good: stored keys carry their group. */
export const KEY_GROUPS = 128

/** The key group of an encoded key: MurmurHash3 (32 bits, seed 0) of its bytes, reduced to 7 bits. */
export function keyGroupOf(key: Uint8Array, start = 0, end = key.length): number {
  return hashBytes(key, start, end) & (KEY_GROUPS - 1)
}

/**
 * MurmurHash3 x86_32 with seed 0, as an unsigned 32-bit integer.
 *
 * @see Austin Appleby, MurmurHash3, public domain
 */
export function hashBytes(bytes: Uint8Array, start = 0, end = bytes.length): number {
  const length = end - start
  const wholeEnd = start + (length & ~3)
  let hash = 0
  for (let i = start; i < wholeEnd; i += 4) {
    const word =
      (bytes[i] as number) |
      ((bytes[i + 1] as number) << 8) |
      ((bytes[i + 2] as number) << 16) |
      ((bytes[i + 3] as number) << 24)
    hash ^= scramble(word)
    hash = (hash << 13) | (hash >>> 19)
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0
  }
  let tail = 0
  for (let i = end - 1; i >= wholeEnd; i--) tail = (tail << 8) | (bytes[i] as number)
  hash ^= scramble(tail) ^ length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function scramble(word: number): number {
  const mixed = Math.imul(word, 0xcc9e2d51)
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
}
