// Prints what stands in FROM: tables, sub-queries, table functions, UNNEST, joins.

import { assertNever } from '../../types/errors.ts'
import type { Alias, TableRef } from '../ast/query.ts'
import { printTableCall } from './print-call.ts'
import { printExpression, printExpressions } from './print-expression.ts'
import { printMatchRecognize } from './print-match-recognize.ts'
import { printColumns, printHints, printIdentifier, printPath } from './print-name.ts'
import { printNestedQuery } from './print-query.ts'

/** The text of a table reference; joins group from the left. */
export function printTableRef(ref: TableRef): string {
  switch (ref.kind) {
    case 'table': {
      const asOf = ref.asOf ? ` FOR SYSTEM_TIME AS OF ${printExpression(ref.asOf)}` : ''
      return printPath(ref.path) + printHints(ref.hints) + asOf + printAlias(ref.alias)
    }
    case 'derived':
      return printLateral(ref) + printNestedQuery(ref.query) + printAlias(ref.alias)
    case 'table-function':
      return `${printLateral(ref)}TABLE(${printTableCall(ref.call)})${printAlias(ref.alias)}`
    case 'unnest': {
      const ordinality = ref.ordinality ? ' WITH ORDINALITY' : ''
      return `UNNEST(${printExpressions(ref.items)})${ordinality}${printAlias(ref.alias)}`
    }
    case 'join':
      return printJoin(ref)
    case 'match-recognize':
      return `${printOperand(ref.input)} ${printMatchRecognize(ref)}${printAlias(ref.alias)}`
    default:
      return assertNever(ref)
  }
}

function printJoin(join: Extract<TableRef, { kind: 'join' }>): string {
  const natural = join.natural ? 'NATURAL ' : ''
  const type = join.type === 'INNER' ? '' : `${join.type} `
  const right = join.right.kind === 'match-recognize' ? printTableRef : printOperand
  const condition = join.on
    ? ` ON ${printExpression(join.on)}`
    : join.using.length > 0
      ? ` USING ${printColumns(join.using)}`
      : ''
  return `${printTableRef(join.left)} ${natural}${type}JOIN ${right(join.right)}${condition}`
}

/** A table that something follows: in parentheses when it is made of others. */
function printOperand(ref: TableRef): string {
  const isCompound = ref.kind === 'join' || ref.kind === 'match-recognize'
  return isCompound ? `(${printTableRef(ref)})` : printTableRef(ref)
}

function printLateral({ lateral }: { readonly lateral: boolean }): string {
  return lateral ? 'LATERAL ' : ''
}

function printAlias(alias: Alias | undefined): string {
  if (!alias) return ''
  const columns = alias.columns.length > 0 ? printColumns(alias.columns) : ''
  return ` AS ${printIdentifier(alias.name)}${columns}`
}
