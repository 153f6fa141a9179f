// Java's date patterns: letters that stand for fields, quoted text, optional sections.

/** java.time's `DateTimeFormatter`, or the older `SimpleDateFormat`; Flink uses both. */
export type PatternDialect = 'java.time' | 'simple'

export type PatternPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'field'; readonly letter: string; readonly count: number }
  | { readonly kind: 'optional'; readonly parts: readonly PatternPart[] }

const LETTERS: Readonly<Record<PatternDialect, string>> = {
  'java.time': 'yuMLdDHhKkmsSnNAaEecYwWQqGXxZ',
  simple: 'yMLdDHhKkmsSaEuYwWFGXZz',
}

/** The parts of a pattern; `undefined` when it is malformed. */
export function parsePattern(
  pattern: string,
  dialect: PatternDialect,
): readonly PatternPart[] | undefined {
  const stack: PatternPart[][] = [[]]
  const top = (): PatternPart[] => stack.at(-1) as PatternPart[]
  const literal = (text: string): void => {
    const last = top().at(-1)
    if (last?.kind === 'literal')
      top()[top().length - 1] = { kind: 'literal', text: last.text + text }
    else top().push({ kind: 'literal', text })
  }
  for (let i = 0; i < pattern.length; ) {
    const c = pattern.charAt(i)
    if (/[a-zA-Z]/.test(c)) {
      let end = i + 1
      while (pattern.charAt(end) === c) end++
      if (!LETTERS[dialect].includes(c)) return undefined
      top().push({ kind: 'field', letter: c, count: end - i })
      i = end
    } else if (c === "'") {
      const quoted = /^'((?:[^']|'')*)'/.exec(pattern.slice(i))
      if (quoted === null) return undefined
      literal(quoted[0] === "''" ? "'" : (quoted[1] ?? '').replaceAll("''", "'"))
      i += quoted[0].length
    } else if (dialect === 'java.time' && c === '[') {
      stack.push([])
      i++
    } else if (dialect === 'java.time' && c === ']') {
      const parts = stack.pop() as PatternPart[]
      if (stack.length === 0) return undefined
      top().push({ kind: 'optional', parts })
      i++
    } else if (dialect === 'java.time' && '{}#'.includes(c)) return undefined
    else {
      literal(c)
      i++
    }
  }
  while (stack.length > 1) {
    const parts = stack.pop() as PatternPart[]
    top().push({ kind: 'optional', parts })
  }
  return stack[0]
}

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** From Sunday. */
export const DAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const
