// Damages scripts so that many still parse: tokens give way to others of their kind, brackets to brackets of other scripts.

import { CLAUSE_WORDS, RESERVED, TIME_UNITS } from '../../packages/millrace/src/sql/keywords.ts'
import type { ScriptToken, SeedScript } from './seed-scripts.ts'

/** Texts that have broken engines before. */
const ODD: readonly string[] = [
  'NULL',
  "''",
  '0',
  '-1',
  '9223372036854775807',
  '1e308',
  "'\u{1F600}'",
  '`__proto__`',
  'constructor',
  'DISTINCT',
  'TRUE',
  '*',
  'CURRENT_TIMESTAMP',
  "INTERVAL '0' SECOND",
  "DATE '0001-01-01'",
  'ROW(1, NULL)',
  'ARRAY[NULL]',
  'MAP[1, NULL]',
  'CAST(NULL AS INT)',
  "x''",
  '()',
  'COUNT(*)',
  'PROCTIME()',
  'OVER (ORDER BY ts)',
  'FILTER (WHERE TRUE)',
]

type Random = (below: number) => number

/** Statement `number` of `seed`: always the same. */
export function damagedScript(
  scripts: readonly SeedScript[],
  seed: number,
  number: number,
): string {
  const random = randomOf(seed * 1_000_003 + number)
  const script = pick(random, scripts)
  let tokens: readonly ScriptToken[] = script.tokens
  for (let hits = 1 + (random(3) === 0 ? 1 : 0); hits > 0; hits--)
    tokens = damage(random, tokens, scripts, script)
  return tokens.map(t => t.text).join(' ')
}

function damage(
  random: Random,
  tokens: readonly ScriptToken[],
  scripts: readonly SeedScript[],
  script: SeedScript,
): readonly ScriptToken[] {
  // The last statement is the query: most damage goes there.
  const from = random(3) === 0 ? 0 : lastStatement(tokens)
  const at = from + random(Math.max(1, tokens.length - from))
  const token = tokens[at]
  if (!token) return tokens
  switch (random(32)) {
    case 0:
      return tokens.toSpliced(at, 1 + random(3))
    case 1:
      return tokens.toSpliced(at, 0, ...tokens.slice(at, at + 1 + random(6)))
    case 2:
      return tokens.with(at, { kind: 'word', text: pick(random, ODD) })
    case 3:
      return swapBracket(random, tokens, pick(random, scripts))
    case 4:
      return swapBracket(random, tokens, script)
    case 5: {
      const other = from + random(Math.max(1, tokens.length - from))
      const second = tokens[other] ?? token
      return tokens.with(at, second).with(Math.min(other, tokens.length - 1), token)
    }
    case 6:
      return tokens.with(at, sameKind(random, token, pick(random, scripts).tokens))
    default:
      return swapContent(
        random,
        tokens,
        from,
        random(4) === 0 ? pick(random, scripts).tokens : tokens,
      )
  }
}

/** What a token is for the grammar: one of the same class in its place mostly parses. */
function classOf(tokens: readonly ScriptToken[], at: number): string | undefined {
  const token = tokens[at] as ScriptToken
  if (token.kind === 'operator') {
    if (['=', '<>', '<', '>', '<=', '>='].includes(token.text)) return 'comparison'
    return ['+', '-', '/', '%', '||'].includes(token.text) ? 'arithmetic' : undefined
  }
  const isCall = tokens[at + 1]?.text === '('
  if (token.kind === 'word' && isCall && !CLAUSE_WORDS.has(token.text.toUpperCase())) return 'call'
  if (token.kind === 'word' || token.kind === 'quoted') {
    const word = token.text.toUpperCase()
    if (TYPES.has(word)) return 'type'
    if (TIME_UNITS.has(word)) return 'unit'
    return RESERVED.has(word) ? undefined : 'name'
  }
  return token.kind === 'hint' ? undefined : token.kind
}

const TYPES = new Set([
  'INT',
  'BIGINT',
  'STRING',
  'DOUBLE',
  'BOOLEAN',
  'DATE',
  'BYTES',
  'FLOAT',
  'SMALLINT',
])

/** A name, constant or operator gives way to another one. */
function swapContent(
  random: Random,
  tokens: readonly ScriptToken[],
  from: number,
  source: readonly ScriptToken[],
): readonly ScriptToken[] {
  const places = tokens.flatMap((_, i) =>
    i >= from && classOf(tokens, i) !== undefined ? [i] : [],
  )
  if (places.length === 0) return tokens
  const at = pick(random, places)
  const wanted = classOf(tokens, at)
  const alike = source.filter((_, i) => classOf(source, i) === wanted)
  return alike.length > 0 ? tokens.with(at, pick(random, alike)) : tokens
}

function lastStatement(tokens: readonly ScriptToken[]): number {
  const at = tokens.slice(0, -1).findLastIndex(t => t.text === ';')
  return at + 1
}

function sameKind(random: Random, token: ScriptToken, tokens: readonly ScriptToken[]): ScriptToken {
  const isWord = isKeyword(token)
  const alike = tokens.filter(t => t.kind === token.kind && isKeyword(t) === isWord)
  return alike.length > 0 ? pick(random, alike) : token
}

const isKeyword = ({ kind, text }: ScriptToken): boolean =>
  kind === 'word' && RESERVED.has(text.toUpperCase())

/** A bracket of the script becomes one of another. */
function swapBracket(
  random: Random,
  tokens: readonly ScriptToken[],
  from: SeedScript,
): readonly ScriptToken[] {
  if (from.brackets.length === 0) return tokens
  const [first, last] = pick(random, from.brackets)
  const opens = tokens.flatMap((t, i) => (t.text === '(' ? [i] : []))
  if (opens.length === 0) return tokens
  const start = pick(random, opens)
  let depth = 0
  let end = start
  for (; end < tokens.length; end++) {
    if (tokens[end]?.text === '(') depth++
    if (tokens[end]?.text === ')' && --depth === 0) break
  }
  return tokens.toSpliced(start, end - start + 1, ...from.tokens.slice(first, last + 1))
}

function pick<T>(random: Random, of: readonly T[]): T {
  return of[random(of.length)] as T
}

/** Mulberry32: small, and the same on every machine. */
function randomOf(seed: number): Random {
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}
