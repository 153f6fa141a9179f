// Positions and lengths in code points, over JavaScript's UTF-16 strings.

const SURROGATE = /[\ud800-\udfff]/

/** The number of code points. */
export function codePointLength(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length - 1; i++) {
    if ((text.charCodeAt(i) & 0xfc00) !== 0xd800) continue
    if ((text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      length--
      i++
    }
  }
  return length
}

/** The code points from `start` up to `end`, counted from 0. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  if (!SURROGATE.test(text)) return text.slice(start, end)
  return [...text].slice(start, end).join('')
}

/** The position, in code points from 0, of `wanted` at or after `from`; -1 without one. */
export function indexOfCodePoints(text: string, wanted: string, from: number): number {
  if (wanted === '') return 0
  if (!SURROGATE.test(text)) return text.indexOf(wanted, Math.max(from, 0))
  const start = sliceCodePoints(text, 0, Math.max(from, 0)).length
  const found = text.indexOf(wanted, start)
  return found < 0 ? -1 : codePointLength(text.slice(0, found))
}

/** The text as it is once encoded: half of a surrogate pair, which a cut by UTF-16 units may leave, becomes `?`, as in Java. */
export function wellFormed(text: string): string {
  if (text.isWellFormed()) return text
  return text.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '?',
  )
}

export function reverseCodePoints(text: string): string {
  let reversed = ''
  for (const point of text) reversed = point + reversed
  return reversed
}
