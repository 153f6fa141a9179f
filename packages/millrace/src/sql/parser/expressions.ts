// Parses expressions by precedence climbing, with Calcite's precedences.

import type { BinaryOperator, Expression, IsTest } from '../ast/expression.ts'
import { parsePrimary } from './primary.ts'
import { isQueryStart, parseQuery } from './query.ts'
import type { TokenStream } from './token-stream.ts'

const PRECEDENCE: Readonly<Record<string, number>> = {
  OR: 1,
  AND: 2,
  IS: 4,
  '=': 5,
  '<>': 5,
  '<': 5,
  '>': 5,
  '<=': 5,
  '>=': 5,
  OVERLAPS: 5,
  NOT: 6,
  LIKE: 6,
  SIMILAR: 6,
  BETWEEN: 6,
  IN: 6,
  '+': 7,
  '-': 7,
  '*': 8,
  '/': 8,
  '%': 8,
  '||': 8,
}
const NOT_PRECEDENCE = 3
const UNARY_PRECEDENCE = 9

export function parseExpression(p: TokenStream, minimum = 0): Expression {
  return p.nested(() => {
    let left = prefix(p)
    for (;;) {
      const power = PRECEDENCE[p.token.key]
      if (power === undefined || power <= minimum) return left
      const after = infix(p, left, power)
      if (!after) return left
      left = after
    }
  })
}

function prefix(p: TokenStream): Expression {
  const start = p.token
  if (p.accept('NOT')) {
    const operand = parseExpression(p, NOT_PRECEDENCE - 1)
    return { kind: 'unary', operator: 'NOT', operand, span: p.spanFrom(start) }
  }
  if (p.is('-') || p.is('+')) {
    const operator = p.next().key as '-' | '+'
    const operand = parseExpression(p, UNARY_PRECEDENCE)
    return { kind: 'unary', operator, operand, span: p.spanFrom(start) }
  }
  return parsePrimary(p)
}

function infix(p: TokenStream, left: Expression, power: number): Expression | undefined {
  const { key } = p.token
  if (key === 'IS') return isTest(p, left)
  if (power === 6) return predicate(p, left)
  p.next()
  if (power === 5 && (p.is('ANY') || p.is('SOME') || p.is('ALL')) && p.peek(1).key === '(') {
    const quantifier = p.oneOf('ANY', 'SOME', 'ALL')
    p.expect('(')
    const query = parseQuery(p)
    p.expect(')')
    return {
      kind: 'quantified',
      operator: key as BinaryOperator,
      quantifier,
      operand: left,
      query,
      span: p.spanFrom(left.span),
    }
  }
  const right = parseExpression(p, power)
  return {
    kind: 'binary',
    operator: key as BinaryOperator,
    left,
    right,
    span: p.spanFrom(left.span),
  }
}

function isTest(p: TokenStream, operand: Expression): Expression {
  p.expect('IS')
  const negated = p.accept('NOT')
  if (p.accept('DISTINCT', 'FROM')) {
    const right = parseExpression(p, 5)
    const operator = negated ? 'IS NOT DISTINCT FROM' : 'IS DISTINCT FROM'
    return { kind: 'binary', operator, left: operand, right, span: p.spanFrom(operand.span) }
  }
  let test: IsTest = p.oneOf('NULL', 'TRUE', 'FALSE', 'UNKNOWN', 'JSON')
  if (test === 'JSON')
    for (const shape of ['VALUE', 'ARRAY', 'OBJECT', 'SCALAR'] as const)
      if (p.accept(shape)) test = `JSON ${shape}`
  return { kind: 'is', operand, test, negated, span: p.spanFrom(operand.span) }
}

function predicate(p: TokenStream, operand: Expression): Expression | undefined {
  if (p.is('NOT') && !['LIKE', 'SIMILAR', 'BETWEEN', 'IN'].includes(p.peek(1).key)) return undefined
  const negated = p.accept('NOT')
  const operator = p.oneOf('LIKE', 'SIMILAR', 'BETWEEN', 'IN')
  if (operator === 'BETWEEN') {
    const symmetric = p.accept('SYMMETRIC')
    if (!symmetric) p.accept('ASYMMETRIC')
    const low = parseExpression(p, 6)
    p.expect('AND')
    const high = parseExpression(p, 6)
    return {
      kind: 'between',
      operand,
      low,
      high,
      symmetric,
      negated,
      span: p.spanFrom(operand.span),
    }
  }
  if (operator === 'IN') return inPredicate(p, operand, negated)
  if (operator === 'SIMILAR') p.expect('TO')
  const pattern = parseExpression(p, 6)
  const escape = p.accept('ESCAPE') ? parseExpression(p, 6) : undefined
  const name = operator === 'LIKE' ? 'LIKE' : 'SIMILAR TO'
  return {
    kind: 'like',
    operator: name,
    operand,
    pattern,
    escape,
    negated,
    span: p.spanFrom(operand.span),
  }
}

function inPredicate(p: TokenStream, operand: Expression, negated: boolean): Expression {
  if (p.is('(') && isQueryStart(p, 1)) {
    p.expect('(')
    const query = parseQuery(p)
    p.expect(')')
    return { kind: 'in-query', operand, query, negated, span: p.spanFrom(operand.span) }
  }
  const items = p.parenthesized(() => parseExpression(p))
  return { kind: 'in-list', operand, items, negated, span: p.spanFrom(operand.span) }
}
