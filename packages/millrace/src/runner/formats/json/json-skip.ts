// Walking over JSON text in bytes without decoding it. A newline ends every token, so no walk leaves its line for good.

/** 1 for bytes that end the plain run of a string: `"`, `\` and control characters. */
export const STRING_STOP = new Uint8Array(256)
for (let c = 0; c < 32; c++) STRING_STOP[c] = 1
STRING_STOP[34] = 1
STRING_STOP[92] = 1

/** 1 for bytes of numbers and of `true`, `false`, `null`. */
export const SCALAR = new Uint8Array(256)
for (const c of '0123456789+-.eEtrufalsn') SCALAR[c.charCodeAt(0)] = 1

/** The first byte at or after `at` that is no space; newlines are not space here. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let c = bytes[at]
  while (c === 32 || c === 9 || c === 13) c = bytes[++at]
  return at
}

/** Behind the closing quote of the string whose content starts at `at`; -1 when it has none in its line. */
export function skipString(bytes: Uint8Array, at: number): number {
  for (;;) {
    while (STRING_STOP[bytes[at] as number] === 0) at++
    const c = bytes[at]
    if (c === 34) return at + 1
    if (c !== 92 || (bytes[at + 1] as number) < 32) return -1
    at += 2
  }
}

/**
 * Behind the bracket that closes the array or object that starts at `at`; -1 when strings or brackets do not match up within the
 * line. Commas and colons are not looked at.
 */
export function skipContainer(bytes: Uint8Array, at: number): number {
  // One bit per open bracket: 1 for an object. Deeper than 30, the rest is walked with a list.
  let open = 0
  let depth = 0
  for (;;) {
    const c = bytes[at++] as number
    if (c === 34) {
      at = skipString(bytes, at)
      if (at < 0) return -1
    } else if (c === 123 || c === 91) {
      if (++depth > 30) return skipDeep(bytes, at - 1, depth - 1, open)
      open = (open << 1) | (c === 123 ? 1 : 0)
    } else if (c === 125 || c === 93) {
      if ((open & 1) !== (c === 125 ? 1 : 0)) return -1
      open >>= 1
      if (--depth === 0) return at
    } else if (c === 10 || c === undefined) return -1
  }
}

function skipDeep(bytes: Uint8Array, at: number, depth: number, open: number): number {
  const objects: boolean[] = []
  for (let i = depth - 1; i >= 0; i--) objects.push(((open >> i) & 1) === 1)
  for (;;) {
    const c = bytes[at++] as number
    if (c === 34) {
      at = skipString(bytes, at)
      if (at < 0) return -1
    } else if (c === 123 || c === 91) objects.push(c === 123)
    else if (c === 125 || c === 93) {
      if (objects.pop() !== (c === 125)) return -1
      if (objects.length === 0) return at
    } else if (c === 10 || c === undefined) return -1
  }
}

/** Behind the value that starts at `at` (no space before it); -1 when there is none. */
export function skipValue(bytes: Uint8Array, at: number): number {
  const c = bytes[at] as number
  if (c === 34) return skipString(bytes, at + 1)
  if (c === 123 || c === 91) return skipContainer(bytes, at)
  const start = at
  while (SCALAR[bytes[at] as number] === 1) at++
  return at === start ? -1 : at
}
