// What the reference says of a statement, a clause or a function. No module that runs at start-up imports these texts.

import type { FunctionDocs } from '../../functions/function-definition.ts'

/** A script over the tables of the examples; the reference shows what it prints. */
export interface ReferenceExample {
  /** What it shows, a sentence; absent where the script says it. */
  readonly about?: string
  readonly sql: string
  /** `query` unless given: `run` runs INSERTs, as the command of that name. */
  readonly command?: 'query' | 'run'
  readonly mode?: 'batch'
  /** A file that it writes, whose content is shown too. */
  readonly writes?: string
  /** It ends with an error, which is what it shows. */
  readonly isRefused?: true
}

/** A statement or a clause. */
export interface LanguageEntry {
  readonly kind: 'statement' | 'clause'
  /** Its words, such as `CREATE TABLE`. */
  readonly name: string
  /** One sentence. */
  readonly summary: string
  /** Its grammar: `[ ]` may be left out, `{ | }` is a choice, `…` may be repeated. */
  readonly syntax: string
  /** In Markdown, a paragraph or list item each. */
  readonly notes?: readonly string[]
  readonly examples: readonly ReferenceExample[]
  /** Names of related entries. */
  readonly see?: readonly string[]
}

/** What the definition of a function does not say. */
export interface FunctionEntry {
  /** How it is called, a line each: `[ ]` may be left out, `…` may be repeated. */
  readonly forms: readonly string[]
  /** Other functions on its page: its negation, say. */
  readonly twins?: readonly string[]
  /** Beside those of the definition; of aggregates, over `x` = 3, 1, 2 and `s` = 'c', 'a', 'b'. */
  readonly examples?: FunctionDocs['examples']
  readonly queries?: readonly ReferenceExample[]
  readonly notes?: readonly string[]
}

/** What is called as a function but is syntax: no definition has it. */
export interface SyntaxFunctionEntry extends FunctionEntry {
  readonly group: FunctionDocs['group']
  readonly summary: string
}

/** By the name under which the function is registered. */
export type FunctionEntries = Readonly<Record<string, FunctionEntry>>

/** An entry with nothing but its forms. */
export const called = (...forms: readonly string[]): FunctionEntry => ({ forms })
