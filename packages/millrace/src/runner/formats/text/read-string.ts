// Strings out of batch buffers: always copies, so that nothing keeps a buffer alive; UTF-8 is checked.

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

// Typed arrays lack Buffer's methods, but these work on any of them and copy in one native call.
const latin1Slice = (
  Buffer.prototype as unknown as { latin1Slice(start: number, end: number): string }
).latin1Slice

/** Text of bytes below 128 (of others: Latin-1, for messages and patterns). */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  return latin1Slice.call(bytes, start, end)
}

/**
 * Text of bytes below 128. Short texts come from a cache of recent ones when they are the same: columns often repeat few values,
 * a hit makes no string, and its hash is known to the maps behind.
 */
export function plainText(bytes: Uint8Array, start: number, end: number): string {
  const length = end - start
  if (length > CACHED_LENGTH) return latin1Slice.call(bytes, start, end)
  if (length === 0) return ''
  const entry =
    ((bytes[start] as number) * 31 +
      (bytes[end - 1] as number) * 17 +
      (bytes[(start + end) >> 1] as number) * 7 +
      length) &
    (CACHE_SIZE - 1)
  const known = cache[entry] as string
  if (known.length === length) {
    let i = 0
    while (i < length && known.charCodeAt(i) === bytes[start + i]) i++
    if (i === length) return known
  }
  const text = latin1Slice.call(bytes, start, end)
  cache[entry] = text
  return text
}

const CACHED_LENGTH = 24
const CACHE_SIZE = 1024
const cache: string[] = new Array<string>(CACHE_SIZE).fill('')

/** Text of bytes that may be any UTF-8; `undefined` when they are not UTF-8. */
export function utf8Text(bytes: Uint8Array, start: number, end: number): string | undefined {
  for (let at = start; at < end; at++)
    if ((bytes[at] as number) > 127) return decodeStrictly(bytes, start, end)
  return plainText(bytes, start, end)
}

/** As {@link utf8Text}, for bytes known to hold some above 127. */
export function decodeStrictly(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return STRICT.decode(bytes.subarray(start, end))
  } catch {
    return undefined
  }
}

/** Bytes for messages: lossy, shortened. */
export function excerpt(bytes: Uint8Array, start: number, end: number, limit = 60): string {
  const cut = Math.min(end, start + limit)
  const text = Buffer.from(bytes.subarray(start, cut)).toString('utf8')
  return cut < end ? `${text}…` : text
}
