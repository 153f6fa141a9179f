// Strings of the form E'…' with the escapes of C: `\n`, `\'`, `\x41`, `\u00e9`, `\101`.

const SIMPLE: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

const ESCAPE =
  /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))|''/g

/** Where the closing quote stands of a string whose text begins at `from`; -1 without one. */
export function endOfEscaped(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === "'" && text[at + 1] === "'") at++
    else if (text[at] === "'") return at
  }
  return -1
}

/** The text that stands between the quotes, decoded. */
export function decodeEscaped(raw: string): string {
  return raw.replace(ESCAPE, (all, x, u, long, octal, other) => {
    if (all === "''") return "'"
    if (other !== undefined) return SIMPLE[other] ?? other
    const code =
      octal === undefined ? Number.parseInt(x ?? u ?? long, 16) : Number.parseInt(octal, 8)
    return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
  })
}
