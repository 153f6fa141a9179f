// Which partition a key goes to, as Kafka's Java client decides it: murmur2 of the key's bytes.

const SEED = 0x9747b28c | 0
const M = 0x5bd1e995

/** @see Austin Appleby, MurmurHash2; Kafka's `Utils.murmur2` */
export function murmur2(bytes: Uint8Array, length: number): number {
  let h = SEED ^ length
  let at = 0
  for (; at + 4 <= length; at += 4) {
    let k =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    k = Math.imul(k, M)
    k ^= k >>> 24
    h = Math.imul(h, M) ^ Math.imul(k, M)
  }
  const left = length - at
  if (left > 2) h ^= (bytes[at + 2] as number) << 16
  if (left > 1) h ^= (bytes[at + 1] as number) << 8
  if (left > 0) h = Math.imul(h ^ (bytes[at] as number), M)
  h ^= h >>> 13
  h = Math.imul(h, M)
  return h ^ (h >>> 15)
}

/** The partition of a key. */
export function partitionOf(key: Uint8Array, length: number, partitions: number): number {
  return (murmur2(key, length) & 0x7fffffff) % partitions
}
