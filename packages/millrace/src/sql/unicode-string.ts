// Strings of the form U&'…' with their escapes: `\0041`, or of another character by UESCAPE.

const CLAUSE = /\s*UESCAPE\s*'([^'+\s0-9A-Fa-f])'/iy

/** The UESCAPE clause at `from`: its character, and where the clause ends. */
export function escapeClause(
  text: string,
  from: number,
): { readonly character: string; readonly end: number } | undefined {
  CLAUSE.lastIndex = from
  const match = CLAUSE.exec(text)
  return match ? { character: match[1] as string, end: CLAUSE.lastIndex } : undefined
}

/**
 * The text that `raw` stands for, given the characters between the quotes; or, as a number, the
 * place in `raw` of the first escape that is not followed by four hexadecimal digits.
 */
export function decodeUnicode(raw: string, escape: string): string | number {
  let result = ''
  let done = 0
  for (let at = raw.indexOf(escape); at >= 0; at = raw.indexOf(escape, done)) {
    result += raw.slice(done, at)
    const digits = raw.slice(at + 1, at + 5)
    if (raw[at + 1] === escape) {
      result += escape
      done = at + 2
    } else if (/^[0-9a-fA-F]{4}$/.test(digits)) {
      result += String.fromCharCode(Number.parseInt(digits, 16))
      done = at + 5
    } else return at
  }
  return (result + raw.slice(done)).replaceAll("''", "'")
}
