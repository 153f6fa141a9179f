// Entry points of the SQL printer: syntax tree to Flink SQL that parses to the same tree.

import type { Expression } from './ast/expression.ts'
import type { Query } from './ast/query.ts'
import type { Statement } from './ast/statement.ts'
import { printExpression } from './printer/print-expression.ts'
import { printQuery as query } from './printer/print-query.ts'
import { printStatement as statement } from './printer/print-statement.ts'

/** The statements of a script, each closed with a semicolon and a line break. */
export function printScript(statements: readonly Statement[]): string {
  return statements.map(one => `${statement(one)};\n`).join('')
}

/** A statement without semicolon; a clause of its query a line, nested queries on one line. */
export function printStatement(one: Statement): string {
  return statement(one)
}

/** A query, a clause a line. */
export function printQuery(one: Query): string {
  return query(one)
}

/** An expression, on one line, with no parentheses that the parser would not miss. */
export function printSqlExpression(expression: Expression): string {
  return printExpression(expression)
}
