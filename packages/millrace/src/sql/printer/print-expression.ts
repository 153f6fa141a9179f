// Prints expressions, with parentheses only where the parser would read another tree.

import { assertNever } from '../../types/errors.ts'
import type { Expression, IntervalLiteral, Literal } from '../ast/expression.ts'
import { COMPARISON, IS, NOT, PREDICATE, PRIMARY, SIGN, precedence } from './precedence.ts'
import { printCall } from './print-call.ts'
import { printIdentifier, printPath, printString } from './print-name.ts'
import { printNestedQuery, printOrderItems } from './print-query.ts'
import { printType } from './print-type.ts'

/** The text of an expression; in parentheses when it binds less tightly than `minimum`. */
export function printExpression(expression: Expression, minimum = 0): string {
  const text = printBare(expression)
  return precedence(expression) < minimum ? `(${text})` : text
}

export function printExpressions(expressions: readonly Expression[]): string {
  return expressions.map(expression => printExpression(expression)).join(', ')
}

function printBare(e: Expression): string {
  switch (e.kind) {
    case 'literal':
      return printLiteral(e)
    case 'interval':
      return printInterval(e)
    case 'column':
      return printPath(e.path)
    case 'star':
      return [...e.qualifier.map(printIdentifier), '*'].join('.')
    case 'symbol':
      return e.name
    case 'parameter':
      return '?'
    case 'call':
      return printCall(e)
    case 'exists':
      return `EXISTS ${printNestedQuery(e.query)}`
    case 'subquery':
      return printNestedQuery(e.query)
    case 'case':
      return printCase(e)
    case 'cast': {
      const name = e.safe ? 'TRY_CAST' : 'CAST'
      return `${name}(${printExpression(e.operand)} AS ${printType(e.type)})`
    }
    case 'row':
      return `ROW(${printExpressions(e.items)})`
    case 'array':
    case 'map':
      return `${e.kind.toUpperCase()}[${printExpressions(e.items)}]`
    case 'array-query':
    case 'multiset-query':
    case 'map-query':
      return `${e.kind.replace('-query', '').toUpperCase()}${printNestedQuery(e.query)}`
    case 'field':
      return `${printOwner(e.operand)}.${printIdentifier(e.name)}`
    case 'index':
      return `${printExpression(e.operand, PRIMARY)}[${printExpression(e.index)}]`
    case 'named-argument':
      return `${printIdentifier(e.name)} => ${printExpression(e.value)}`
    case 'descriptor':
      return `DESCRIPTOR(${e.columns.map(printIdentifier).join(', ')})`
    case 'table-argument':
      return printTableArgument(e)
    default:
      return printOperator(e)
  }
}

type Operator = Extract<
  Expression,
  { kind: 'unary' | 'binary' | 'is' | 'between' | 'like' | 'in-list' | 'in-query' | 'quantified' }
>

/** Operators group from the left: what stands on the right binds tighter than the operator. */
function printOperator(e: Operator): string {
  switch (e.kind) {
    case 'unary': {
      if (e.operator === 'NOT') return `NOT ${printExpression(e.operand, NOT)}`
      const operand = printExpression(e.operand, SIGN)
      // Two minus signs in a row would open a comment.
      return operand.startsWith(e.operator) ? `${e.operator} ${operand}` : e.operator + operand
    }
    case 'binary': {
      const own = precedence(e)
      const tighter = own === IS ? COMPARISON : own
      const right = printExpression(e.right, tighter + 1)
      return `${printExpression(e.left, own)} ${e.operator} ${right}`
    }
    case 'is':
      return `${printExpression(e.operand, IS)} IS ${not(e)}${e.test}`
    case 'between': {
      const [low, high] = [e.low, e.high].map(bound => printExpression(bound, PREDICATE + 1))
      const symmetric = e.symmetric ? 'SYMMETRIC ' : ''
      return `${printOperand(e)} ${not(e)}BETWEEN ${symmetric}${low} AND ${high}`
    }
    case 'like': {
      const pattern = printExpression(e.pattern, PREDICATE + 1)
      const escape = e.escape ? ` ESCAPE ${printExpression(e.escape, PREDICATE + 1)}` : ''
      return `${printOperand(e)} ${not(e)}${e.operator} ${pattern}${escape}`
    }
    case 'in-list':
      return `${printOperand(e)} ${not(e)}IN (${printExpressions(e.items)})`
    case 'in-query':
      return `${printOperand(e)} ${not(e)}IN ${printNestedQuery(e.query)}`
    case 'quantified': {
      const operand = printExpression(e.operand, precedence(e))
      return `${operand} ${e.operator} ${e.quantifier} ${printNestedQuery(e.query)}`
    }
    default:
      return assertNever(e)
  }
}

function printOperand(e: { readonly operand: Expression }): string {
  return printExpression(e.operand, PREDICATE)
}

function not(e: { readonly negated: boolean }): string {
  return e.negated ? 'NOT ' : ''
}

/** What stands before `.field`: a column there would take the field for a part of its own name. */
function printOwner(owner: Expression): string {
  const isClear = ['call', 'field', 'index', 'subquery', 'row', 'cast'].includes(owner.kind)
  return isClear ? printExpression(owner) : `(${printExpression(owner)})`
}

function printLiteral({ type, text }: Literal): string {
  switch (type) {
    case 'number':
      return text
    case 'string':
      return printString(text)
    case 'binary':
      return `X'${text}'`
    case 'date':
    case 'time':
    case 'timestamp':
      return `${type.toUpperCase()} ${printString(text)}`
    case 'true':
    case 'false':
    case 'null':
    case 'unknown':
      return type.toUpperCase()
    default:
      return assertNever(type)
  }
}

function printInterval({ text, negative, qualifier }: IntervalLiteral): string {
  const { from, fromPrecision, to, toPrecision } = qualifier
  const size = (precision: number | undefined) => (precision === undefined ? '' : `(${precision})`)
  const end = to === undefined ? '' : ` TO ${to}${size(toPrecision)}`
  return `INTERVAL ${negative ? '-' : ''}${printString(text)} ${from}${size(fromPrecision)}${end}`
}

function printCase(e: Extract<Expression, { kind: 'case' }>): string {
  const parts = ['CASE']
  if (e.operand) parts.push(printExpression(e.operand))
  for (const { when, then } of e.branches)
    parts.push(`WHEN ${printExpression(when)} THEN ${printExpression(then)}`)
  if (e.otherwise) parts.push(`ELSE ${printExpression(e.otherwise)}`)
  return [...parts, 'END'].join(' ')
}

function printTableArgument(e: Extract<Expression, { kind: 'table-argument' }>): string {
  const source = 'kind' in e.source ? printNestedQuery(e.source) : printPath(e.source)
  const partition =
    e.partitionBy.length > 0 ? ` PARTITION BY (${printExpressions(e.partitionBy)})` : ''
  const order = e.orderBy.length > 0 ? ` ORDER BY (${printOrderItems(e.orderBy)})` : ''
  return `TABLE ${source}${partition}${order}`
}
