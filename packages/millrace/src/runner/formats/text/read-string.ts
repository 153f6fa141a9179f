// Strings out of batch buffers: always copies, so that nothing keeps a buffer alive; UTF-8 is checked.

/** What a reader answers for bytes that are no UTF-8. */
const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

// Typed arrays lack Buffer's methods, but these work on any of them and copy in one native call.
const latin1Slice = (
  Buffer.prototype as unknown as { latin1Slice(start: number, end: number): string }
).latin1Slice

/** Text of bytes below 128 (of others: Latin-1, for messages and patterns). */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  return latin1Slice.call(bytes, start, end)
}

/** Text of bytes that may be any UTF-8; `undefined` when they are not UTF-8. */
export function utf8Text(bytes: Uint8Array, start: number, end: number): string | undefined {
  for (let at = start; at < end; at++)
    if ((bytes[at] as number) > 127) return decodeStrictly(bytes, start, end)
  return start === end ? '' : latin1Slice.call(bytes, start, end)
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
