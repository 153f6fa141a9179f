// Expressions as SQL-like text, with only the parentheses that they need.

import { formatType, withNullable } from '../types/data-type.ts'
import type { AggregateCall, Expression, SortKey } from './expression.ts'
import { printLiteral } from './print-literal.ts'
import type { ExpressionOf, ExpressionVisitor } from './visit.ts'
import { visitExpression } from './visit.ts'

/** How tightly the outermost operator of a text binds. */
const BINDS = {
  or: 1,
  and: 2,
  not: 3,
  compare: 4,
  concat: 5,
  sum: 6,
  product: 7,
  sign: 8,
  whole: 9,
} as const

const INFIX: Readonly<Record<string, number>> = {
  '=': BINDS.compare,
  '<>': BINDS.compare,
  '<': BINDS.compare,
  '<=': BINDS.compare,
  '>': BINDS.compare,
  '>=': BINDS.compare,
  'IS DISTINCT FROM': BINDS.compare,
  'IS NOT DISTINCT FROM': BINDS.compare,
  LIKE: BINDS.compare,
  'NOT LIKE': BINDS.compare,
  'SIMILAR TO': BINDS.compare,
  'NOT SIMILAR TO': BINDS.compare,
  '||': BINDS.concat,
  '+': BINDS.sum,
  '-': BINDS.sum,
  '*': BINDS.product,
  '/': BINDS.product,
  '%': BINDS.product,
}

interface Printed {
  readonly text: string
  readonly binds: number
}

/**
 * The expression as SQL-like text.
 *
 * @param names names of the input's columns by index; absent: the names that the columns carry. With them the text does not depend
 *   on how the program spelled a column.
 */
export function printExpression(expression: Expression, names?: readonly string[]): string {
  return print(expression, names).text
}

function print(expression: Expression, names: readonly string[] | undefined): Printed {
  return visitExpression(expression, PRINT, names)
}

const whole = (text: string): Printed => ({ text, binds: BINDS.whole })

/** The text of an operand, in parentheses when it binds less tightly than it must. */
function operand(e: Expression, names: readonly string[] | undefined, atLeast: number): string {
  const { text, binds } = print(e, names)
  return binds < atLeast ? `(${text})` : text
}

const PRINT: ExpressionVisitor<Printed, [names: readonly string[] | undefined]> = {
  literal: e => {
    const text = printLiteral(e.value, e.type)
    return { text, binds: text.startsWith('-') ? BINDS.sign : BINDS.whole }
  },
  column: (e, names) => whole(names?.[e.index] ?? e.name),
  call: printCall,
  logical: (e, names) => {
    const binds = BINDS[e.op]
    const args = e.args.map(a => operand(a, names, binds))
    return { text: args.join(` ${e.op.toUpperCase()} `), binds }
  },
  case: (e, names) => {
    const text = (x: Expression) => print(x, names).text
    const branches = e.branches.map(b => `WHEN ${text(b.when)} THEN ${text(b.then)}`)
    return whole(`CASE ${branches.join(' ')} ELSE ${text(e.otherwise)} END`)
  },
  cast: (e, names) => {
    const to = formatType(withNullable(e.type, true))
    return whole(`${e.safe ? 'TRY_CAST' : 'CAST'}(${print(e.arg, names).text} AS ${to})`)
  },
  field: (e, names) => whole(`${operand(e.arg, names, BINDS.whole)}.${e.name}`),
}

function printCall(e: ExpressionOf<'call'>, names: readonly string[] | undefined): Printed {
  const { name } = e
  const [a, b, c] = e.args
  const rest = (from: number) => e.args.slice(from).map(x => print(x, names).text)
  const compared = (x: Expression) => operand(x, names, BINDS.compare + 1)
  if (a !== undefined && e.args.length === 1) {
    if (name === 'NOT') return { text: `NOT ${operand(a, names, BINDS.not)}`, binds: BINDS.not }
    if (name === '-') return { text: `-${operand(a, names, BINDS.whole)}`, binds: BINDS.sign }
    if (name.startsWith('IS ')) return { text: `${compared(a)} ${name}`, binds: BINDS.compare }
  }
  if (a !== undefined && b !== undefined) {
    const binds = Object.hasOwn(INFIX, name) ? (INFIX[name] as number) : 0
    if (binds > 0) {
      const escape = c && name.match(/LIKE|SIMILAR/) ? ` ESCAPE ${compared(c)}` : ''
      const left = operand(a, names, binds === BINDS.compare ? binds + 1 : binds)
      return { text: `${left} ${name} ${operand(b, names, binds + 1)}${escape}`, binds }
    }
    if (name === 'IN' || name === 'NOT IN')
      return { text: `${compared(a)} ${name} (${rest(1).join(', ')})`, binds: BINDS.compare }
    if (c !== undefined && /^(NOT )?BETWEEN( SYMMETRIC)?$/.test(name)) {
      const text = `${compared(a)} ${name} ${compared(b)} AND ${compared(c)}`
      return { text, binds: BINDS.compare }
    }
  }
  return whole(`${name}(${rest(0).join(', ')})`)
}

/** `SUM(DISTINCT price) FILTER (WHERE ok)`; without arguments `COUNT(*)`. */
export function printAggregate(call: AggregateCall, names?: readonly string[]): string {
  const args = call.args.map(a => printExpression(a, names)).join(', ')
  const filter = call.filter ? ` FILTER (WHERE ${printExpression(call.filter, names)})` : ''
  return `${call.function}(${call.distinct ? 'DISTINCT ' : ''}${args === '' ? '*' : args})${filter}`
}

/** `price DESC`; where NULLs go only when it is not where the direction puts them. */
export function printSortKey(key: SortKey, names?: readonly string[]): string {
  const direction = key.descending ? ' DESC' : ''
  const nulls =
    key.nullsFirst === !key.descending ? '' : key.nullsFirst ? ' NULLS FIRST' : ' NULLS LAST'
  return printExpression(key.expression, names) + direction + nulls
}
