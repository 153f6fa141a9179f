// What may stand at the cursor, told by the words before it.

import { KNOWN_STATEMENTS } from '../known-statements.ts'
import type { Token } from '../tokens.ts'

export type Expected =
  | { readonly kind: 'statement' }
  /** The next words of a statement that has begun. */
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'table' }
  | { readonly kind: 'type' }
  /** Behind `name.`: a column of that table, or a table of that database. */
  | { readonly kind: 'member'; readonly of: string }
  /** In the column list of an INSERT. */
  | { readonly kind: 'columns'; readonly of: string }
  | { readonly kind: 'expression' }

const BEFORE_TABLE = new Set(['FROM', 'JOIN', 'INTO', 'OVERWRITE', 'DESCRIBE', 'DESC'])
const TABLE_ACTIONS = new Set(['ALTER', 'DROP'])
const SHOWN =
  'CATALOGS|DATABASES|TABLES|VIEWS|COLUMNS FROM|FUNCTIONS|USER FUNCTIONS|MODULES|JOBS|CURRENT CATALOG|CURRENT DATABASE|CREATE TABLE|CREATE VIEW|CREATE CATALOG'.split(
    '|',
  )

/** @param before the tokens of the statement before the cursor's word */
export function expectedAfter(before: readonly Token[]): Expected {
  const keys = before.map(t => t.key)
  const [last = '', secondLast = ''] = keys.toReversed()
  if (last === '') return before.length === 0 ? { kind: 'statement' } : { kind: 'expression' }
  if (last === '.') return { kind: 'member', of: before.at(-2)?.text ?? '' }
  const begun = nextWords(keys)
  if (begun.length > 0 && !BEFORE_TABLE.has(last)) return { kind: 'words', words: begun }
  if (BEFORE_TABLE.has(last) || (last === ',' && isInFrom(keys))) return { kind: 'table' }
  if (last === 'TABLE' && (secondLast === '(' || TABLE_ACTIONS.has(secondLast)))
    return { kind: 'table' }
  if (last === 'VIEW' && TABLE_ACTIONS.has(secondLast)) return { kind: 'table' }
  const target = insertTarget(before)
  if (target !== undefined) return { kind: 'columns', of: target }
  if (isType(keys)) return { kind: 'type' }
  return { kind: 'expression' }
}

/** What follows words that begin statements, such as TABLE and VIEW behind CREATE. */
function nextWords(keys: readonly string[]): readonly string[] {
  const shown = SHOWN.map(what => `SHOW ${what}`.split(' '))
  const starts = [...KNOWN_STATEMENTS.filter(s => s.fate === 'runs').map(s => s.words), ...shown]
  const next = starts
    .filter(words => words.length > keys.length && keys.every((key, i) => key === words[i]))
    .map(words => words[keys.length] as string)
  return [...new Set(next)]
}

/** Whether a comma at the end parts tables: the last clause word outside of parentheses is FROM or JOIN. */
function isInFrom(keys: readonly string[]): boolean {
  let depth = 0
  for (const key of keys.toReversed()) {
    if (key === ')') depth++
    else if (key === '(') {
      if (depth === 0) return false
      depth--
    } else if (depth === 0) {
      if (key === 'FROM' || key === 'JOIN') return true
      if (['SELECT', 'WHERE', 'BY', 'ON', 'HAVING', 'VALUES', 'QUALIFY'].includes(key)) return false
    }
  }
  return false
}

/** The table of `INSERT INTO table (a, |`. */
function insertTarget(before: readonly Token[]): string | undefined {
  if (before[0]?.key !== 'INSERT') return undefined
  const open = before.findIndex(t => t.key === '(')
  const isOpen = open > 2 && !before.slice(open).some(t => t.key === ')' || t.key === 'SELECT')
  return isOpen ? before[open - 1]?.text : undefined
}

/** Behind a column's name in CREATE TABLE, or behind AS in a CAST. */
function isType(keys: readonly string[]): boolean {
  const [last, secondLast] = keys.toReversed()
  if (last === 'AS')
    return /\bCAST \( [^()]*$/.test(
      keys
        .slice(0, -1)
        .map(k => k || 'x')
        .join(' '),
    )
  const isName = last !== undefined && /^[A-Z_]\w*$/.test(last)
  return (
    keys[0] === 'CREATE' &&
    keys.includes('TABLE') &&
    isName &&
    (secondLast === '(' || secondLast === ',')
  )
}
