// A program as a script: its settings, functions and tables, then what is written to them.

import type { FunctionRegistry } from '../../functions/registry.ts'
import type { SinkNode } from '../../plan/node.ts'
import type { Program } from '../../plan/program.ts'
import { RESULT_TABLE } from '../../plan/result-sink.ts'
import { printQuery, printStatement } from '../print-sql.ts'
import { printName } from '../printer/print-name.ts'
import { NoSqlError } from './no-sql-error.ts'
import { unparsePlan } from './unparse-plan.ts'
import { unparseFunctions, unparseNamespaces, unparseSettings } from './unparse-session.ts'
import { DeclaredTables, declarationOf } from './unparse-tables.ts'

/**
 * The statements of a program as Flink SQL: SET where it is not by default, CREATE FUNCTION, CREATE TABLE for all that it reads and
 * writes, INSERTs as one set. What SQL cannot say becomes a comment with the reason in place of its statement.
 */
export function unparseProgram({
  sinks,
  functions,
  settings,
}: Pick<Program, 'sinks' | 'functions' | 'settings'>): string {
  const tables = new DeclaredTables(sinks)
  const written = sinks.flatMap(({ table }) =>
    table.name === RESULT_TABLE || tables.has(table) ? [] : [{ name: table.name, table }],
  )
  const declared = [...tables.all, ...written]
  const statements = sinks.map(sink => statementOf(sink, tables, functions))
  const inserts = statements.filter(s => s.isInsert)
  const texts = [
    ...unparseNamespaces(declared.map(t => t.name)).map(s => `${printStatement(s)};`),
    ...declared.map(t => attempt(() => `${printStatement(declarationOf(t, functions))};`)),
    ...(inserts.length > 1
      ? [`EXECUTE STATEMENT SET BEGIN\n${inserts.map(s => s.text).join('\n')}\nEND;`]
      : inserts.map(s => s.text)),
    ...statements.filter(s => !s.isInsert).map(s => s.text),
  ]
  const body = [...new Set(texts)].join('\n')
  return [...unparseSettings(settings), ...unparseFunctions(functions, body), body].join('\n')
}

function statementOf(sink: SinkNode, tables: DeclaredTables, functions: FunctionRegistry) {
  try {
    const query = unparsePlan(sink.input, { functions, nameOf: node => tables.nameOf(node) })
    const text = printQuery(query)
    const isInsert = sink.table.name !== RESULT_TABLE
    return {
      text: isInsert
        ? `INSERT ${sink.overwrite ? 'OVERWRITE' : 'INTO'} ${nameText(sink.table.name)}\n${text}${conflictText(sink)};`
        : `${text};`,
      isInsert,
    }
  } catch (error) {
    return { text: comment(error), isInsert: false }
  }
}

const conflictText = ({ onConflict }: SinkNode): string =>
  onConflict ? `\nON CONFLICT DO ${onConflict.toUpperCase()}` : ''

function attempt(print: () => string): string {
  try {
    return print()
  } catch (error) {
    return comment(error)
  }
}

function comment(error: unknown): string {
  if (error instanceof NoSqlError) return `-- ${error.message} ${error.remedy ?? ''}`.trimEnd()
  throw error
}

const nameText = (name: string): string => name.split('.').map(printName).join('.')
