// The reference of the language: every statement, clause and function. It feeds the generated pages and completion.

import { declarationClauses } from './clauses/declarations.ts'
import { joinClauses } from './clauses/joins.ts'
import { queryClauses } from './clauses/query.ts'
import { windowClauses } from './clauses/windows.ts'
import type { LanguageEntry } from './entry.ts'
import { objectStatements } from './statements/objects.ts'
import { programStatements } from './statements/programs.ts'
import { tableStatements } from './statements/create-table.ts'

/** Statements, in the order in which one reads of them. */
export const statementEntries: readonly LanguageEntry[] = [
  ...programStatements,
  ...tableStatements,
  ...objectStatements,
]

/** Clauses of queries, then of declarations. */
export const clauseEntries: readonly LanguageEntry[] = [
  ...queryClauses,
  ...joinClauses,
  ...windowClauses,
  ...declarationClauses,
]
