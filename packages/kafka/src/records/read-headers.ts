// The headers of a record, for those who ask for them.

type ReadHeader = readonly [name: string, value: Uint8Array | null]

/** By name; of those that repeat, the last. @param start where their number stands */
export function readHeaders(bytes: Uint8Array, start: number): Map<string, Uint8Array | null> {
  return new Map(listHeaders(bytes, start))
}

/** In their order, their values copied. @param start where their number stands */
export function listHeaders(bytes: Uint8Array, start: number): readonly ReadHeader[] {
  const headers: ReadHeader[] = []
  let at = start
  const varint = (): number => {
    let value = 0
    for (let unit = 1; at < bytes.length; unit *= 128) {
      const byte = bytes[at++] as number
      value += (byte & 127) * unit
      if (byte < 128) break
    }
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }
  // A length that cannot be is the end.
  const take = (length: number): Uint8Array => {
    const from = at
    at = length < 0 ? bytes.length : at + length
    return bytes.subarray(from, length < 0 ? from : at)
  }
  // Where checksums are not verified anything may stand here.
  for (let left = varint(); left > 0 && at < bytes.length; left--) {
    const name = Buffer.from(take(varint())).toString()
    const length = varint()
    headers.push([name, length < 0 ? null : take(length).slice()])
  }
  return headers
}
