// The place of completion: the statement around it, and the word that is being written there.

import { tokenize } from '../lexer.ts'
import { SqlSyntaxError } from '../sql-syntax-error.ts'
import type { Token } from '../tokens.ts'

export interface Cursor {
  /** The statements before the one at the cursor, each as text. */
  readonly statementsBefore: readonly string[]
  /** Of the statement, before the word at the cursor. */
  readonly before: readonly Token[]
  /** Of the statement, behind the cursor. */
  readonly after: readonly Token[]
  /** The begun word, without its opening backquote; often empty. */
  readonly word: string
  /** Where it begins. */
  readonly start: number
}

/** `undefined` within a string or a comment: nothing is completed there. */
export function cursorAt(text: string, position: number): Cursor | undefined {
  const left = tokensOf(text.slice(0, position))
  if (!left) return atOpenName(text, position)
  const last = left.at(-1)
  const isWord = last?.kind === 'word' && last.end === position
  const start = isWord ? last.start : position
  if (isInLineComment(text, left, position)) return undefined
  return place(text, { tokens: isWord ? left.slice(0, -1) : left, start, position })
}

/** Within a name whose closing backquote is still to come. */
function atOpenName(text: string, position: number): Cursor | undefined {
  const start = text.lastIndexOf('`', position - 1)
  const tokens = start < 0 ? undefined : tokensOf(text.slice(0, start))
  const isName = /^`[^`\n]*$/.test(text.slice(start, position))
  return tokens && isName ? place(text, { tokens, start, position }) : undefined
}

function place(
  text: string,
  at: { readonly tokens: readonly Token[]; readonly start: number; readonly position: number },
): Cursor {
  const { tokens, start, position } = at
  const ends = tokens.flatMap((t, i) => (t.key === ';' ? [i] : []))
  const first = (ends.at(-1) ?? -1) + 1
  const bounds = [0, ...ends.map(i => (tokens[i] as Token).end)]
  const right = tokensOf(text.slice(position)) ?? []
  const end = right.findIndex(t => t.key === ';')
  return {
    statementsBefore: ends.map((i, n) => text.slice(bounds[n], (tokens[i] as Token).start)),
    before: tokens.slice(first),
    after: (end < 0 ? right : right.slice(0, end)).map(t => moved(t, position)),
    word: text.slice(start, position).replace(/^`/, ''),
    start,
  }
}

/** Without the one that stands for the end; `undefined` when a string, name or comment is open. */
function tokensOf(text: string): readonly Token[] | undefined {
  try {
    return tokenize(text).slice(0, -1)
  } catch (error) {
    if (error instanceof SqlSyntaxError) return undefined
    throw error
  }
}

const isInLineComment = (text: string, tokens: readonly Token[], position: number): boolean =>
  /(?:--|\/\/)[^\n]*$/.test(text.slice(tokens.at(-1)?.end ?? 0, position))

const moved = (token: Token, by: number): Token => ({
  ...token,
  start: token.start + by,
  end: token.end + by,
})
