// Entry points of the SQL parser: text to syntax tree.

import type { Expression } from './ast/expression.ts'
import type { Pattern, Query } from './ast/query.ts'
import type { Statement } from './ast/statement.ts'
import { parseExpression as expression } from './parser/expressions.ts'
import { parsePattern as pattern } from './parser/match-recognize.ts'
import { parseQuery as query } from './parser/query.ts'
import { parseStatements } from './parser/statements.ts'
import { TokenStream } from './parser/token-stream.ts'

/**
 * The statements of a script.
 *
 * @throws {SqlSyntaxError} `MR_SQL_SYNTAX` at the first place that does not follow the grammar
 */
export function parseScript(text: string): Statement[] {
  return parseStatements(new TokenStream(text))
}

/** A text of exactly one statement. @throws {SqlSyntaxError} */
export function parseStatement(text: string): Statement {
  const stream = new TokenStream(text)
  const [first, second] = parseStatements(stream)
  if (!first || second) stream.fail('exactly one statement')
  return first as Statement
}

/** A text of exactly one query. @throws {SqlSyntaxError} */
export function parseQuery(text: string): Query {
  const stream = new TokenStream(text)
  const parsed = query(stream)
  stream.accept(';')
  if (stream.token.kind !== 'end') stream.fail('the end of the query')
  return parsed
}

/** A text of exactly one expression. @throws {SqlSyntaxError} */
export function parseExpression(text: string): Expression {
  const stream = new TokenStream(text)
  const parsed = expression(stream)
  if (stream.token.kind !== 'end') stream.fail('the end of the expression')
  return parsed
}

/** A text of exactly one row pattern, as in PATTERN (…). @throws {SqlSyntaxError} */
export function parsePattern(text: string): Pattern {
  const stream = new TokenStream(text)
  const parsed = pattern(stream)
  if (stream.token.kind !== 'end') stream.fail('the end of the pattern')
  return parsed
}
