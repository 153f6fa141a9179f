// Sets of code points as sorted, disjoint ranges: what a character class of a regular expression stands for.

/** Inclusive ranges, sorted, not touching. */
export type CodePointSet = readonly (readonly [from: number, to: number])[]

const LAST = 0x10ffff

export function setOf(...ranges: readonly (readonly [number, number])[]): CodePointSet {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [from, to] of sorted) {
    const last = merged.at(-1)
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

export const union = (a: CodePointSet, b: CodePointSet): CodePointSet => setOf(...a, ...b)

export function complement(set: CodePointSet): CodePointSet {
  const result: [number, number][] = []
  let next = 0
  for (const [from, to] of set) {
    if (from > next) result.push([next, from - 1])
    next = to + 1
  }
  if (next <= LAST) result.push([next, LAST])
  return result
}

export const intersection = (a: CodePointSet, b: CodePointSet): CodePointSet =>
  complement(union(complement(a), complement(b)))

export const isDisjoint = (a: CodePointSet, b: CodePointSet): boolean =>
  intersection(a, b).length === 0

/** The set with the other case of its ASCII letters. */
export function ignoringCase(set: CodePointSet): CodePointSet {
  const upper = intersection(set, [[65, 90]])
  const lower = intersection(set, [[97, 122]])
  const shift = (from: CodePointSet, by: number) => from.map(([a, b]) => [a + by, b + by] as const)
  return setOf(...set, ...shift(upper, 32), ...shift(lower, -32))
}

const chars = (text: string): CodePointSet =>
  setOf(...[...text].map(c => [c.codePointAt(0) as number, c.codePointAt(0) as number] as const))

const DIGIT: CodePointSet = [[48, 57]]
const UPPER: CodePointSet = [[65, 90]]
const LOWER: CodePointSet = [[97, 122]]
const ALPHA = union(UPPER, LOWER)
const ALNUM = union(ALPHA, DIGIT)
const PUNCT = chars('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~')

export const LINE_TERMINATORS = chars('\n\r\u0085\u2028\u2029')

/** Java's predefined classes, by the letter after the backslash. */
export const ESCAPE_CLASSES: Readonly<Record<string, CodePointSet>> = {
  d: DIGIT,
  w: union(ALNUM, chars('_')),
  s: chars(' \t\n\u000b\f\r'),
  h: setOf(...chars(' \t\u00a0\u1680\u180e\u202f\u205f\u3000'), [0x2000, 0x200a]),
  v: chars('\n\u000b\f\r\u0085\u2028\u2029'),
}

/** Java's POSIX and `java.lang.Character` classes, by the name in `\p{…}`; ASCII only but for the `Is…`, `L` ones below. */
export const NAMED_CLASSES: Readonly<Record<string, CodePointSet>> = {
  Lower: LOWER,
  Upper: UPPER,
  ASCII: [[0, 127]],
  Alpha: ALPHA,
  Digit: DIGIT,
  Alnum: ALNUM,
  Punct: PUNCT,
  Graph: union(ALNUM, PUNCT),
  Print: union(union(ALNUM, PUNCT), chars(' ')),
  Blank: chars(' \t'),
  Cntrl: [
    [0, 31],
    [127, 127],
  ],
  XDigit: setOf([48, 57], [65, 70], [97, 102]),
  Space: ESCAPE_CLASSES.s as CodePointSet,
}

const UNICODE_SETS = new Map<string, CodePointSet | undefined>()

/** The set of a Unicode property such as `L`, `Lu`, `IsAlphabetic`, `IsHan`; `undefined` when there is none. */
export function unicodeClass(name: string): CodePointSet | undefined {
  if (!UNICODE_SETS.has(name)) UNICODE_SETS.set(name, scanProperty(name))
  return UNICODE_SETS.get(name)
}

function scanProperty(name: string): CodePointSet | undefined {
  const bare = name.replace(/^Is/, '').replace(/^(?:general_category|gc)=/, '')
  for (const property of [bare, `Script=${bare}`]) {
    let regex: RegExp
    try {
      regex = new RegExp(`^\\p{${property}}$`, 'u')
    } catch {
      continue // not a property of this kind
    }
    const ranges: [number, number][] = []
    for (let point = 0; point <= LAST; point++) {
      if (point >= 0xd800 && point <= 0xdfff) continue
      if (!regex.test(String.fromCodePoint(point))) continue
      const last = ranges.at(-1)
      if (last && last[1] === point - 1) last[1] = point
      else ranges.push([point, point])
    }
    return ranges
  }
  return undefined
}
