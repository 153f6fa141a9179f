// The tables that the query at the cursor reads, as far as its text tells, found without a parse: the text is being written.

import { CLAUSE_WORDS, RESERVED } from '../keywords.ts'
import type { Token } from '../tokens.ts'

/** What stands in FROM: its text, and the name by which columns may be qualified. */
export interface Relation {
  readonly text: string
  readonly alias: string
}

const JOINS = new Set(['JOIN', 'INNER', 'LEFT', 'RIGHT', 'FULL', 'CROSS', 'NATURAL'])
const CONDITIONS = new Set(['ON', 'USING'])
const ENDS = new Set(
  'WHERE GROUP HAVING WINDOW QUALIFY ORDER LIMIT OFFSET FETCH UNION INTERSECT EXCEPT'.split(' '),
)

/** Those of the query around the token at `index`, then those of the queries around that one. */
export function relationsAt(text: string, tokens: readonly Token[], index: number): Relation[] {
  const relations: Relation[] = []
  for (let at = selectBefore(tokens, index); at >= 0; at = selectBefore(tokens, at))
    relations.push(...relationsOf(text, tokens, at))
  return relations
}

/** The SELECT that the place belongs to, parentheses between them closed; -1 without one. */
function selectBefore(tokens: readonly Token[], index: number): number {
  let depth = 0
  for (let i = index - 1; i >= 0; i--) {
    const key = tokens[i]?.key
    if (key === ')') depth++
    else if (key === '(') depth = Math.max(0, depth - 1)
    else if (key === 'SELECT' && depth === 0) return i
  }
  return -1
}

/** The tables of the FROM of this SELECT. */
function relationsOf(text: string, tokens: readonly Token[], select: number): Relation[] {
  const relations: Relation[] = []
  let part: Token[] = []
  let isTable = false
  let depth = 0
  const close = () => {
    const [first, last] = [part[0], part.at(-1)]
    if (isTable && first && last)
      relations.push({ text: text.slice(first.start, last.end), alias: aliasOf(part) })
    part = []
  }
  for (const token of tokens.slice(select + 1)) {
    const { key } = token
    if (key === ')' && depth === 0) break
    if (depth === 0 && ENDS.has(key)) break
    const starts = depth === 0 && (key === 'FROM' || JOINS.has(key) || (key === ',' && isTable))
    if (starts || (depth === 0 && CONDITIONS.has(key))) {
      close()
      if (key === 'FROM') isTable = true
      else if (isTable || JOINS.has(key)) isTable = !CONDITIONS.has(key)
      continue
    }
    if (key === '(') depth++
    if (key === ')') depth--
    part.push(token)
  }
  close()
  return relations
}

/** The last name outside of parentheses: the alias, or the table's own name. */
function aliasOf(part: readonly Token[]): string {
  let depth = 0
  for (const token of part.toReversed()) {
    if (token.key === ')') depth++
    if (token.key === '(') depth--
    const isName = token.kind === 'quoted' || (token.kind === 'word' && !RESERVED.has(token.key))
    if (depth === 0 && isName && !CLAUSE_WORDS.has(token.key)) return token.text
  }
  return ''
}
