// From the syntax tree's expressions to bound ones: names resolved, operators as function calls.

import {
  createCall,
  createCase,
  createCast,
  createLiteral,
  createLogical,
  integerLiteral,
  textLiteral,
} from '../../../plan/create-expression.ts'
import type { Expression } from '../../../plan/expression.ts'
import { UnknownColumnError } from '../../../plan/expression-errors.ts'
import { type DataType, isNumeric } from '../../../types/data-type.ts'
import { assertNever } from '../../../types/errors.ts'
import type { SourceSpan } from '../../../types/errors.ts'
import type { Value } from '../../../types/value.ts'
import type { Expression as SqlExpression, Path } from '../../ast/expression.ts'
import { InvalidSqlError, UnsupportedSqlError } from '../binder-errors.ts'
import { bindCall } from './bind-call.ts'
import { bindInterval } from './bind-interval.ts'
import { bindLiteral } from './bind-literal.ts'
import type { ExpressionContext } from './expression-context.ts'
import { checkSomeTyped, checkUntypedNulls } from './untyped-null.ts'
import { fieldOf } from '../scope.ts'

type Of<K extends SqlExpression['kind']> = Extract<SqlExpression, { readonly kind: K }>

/** @throws {MillraceError} with the place in the text */
export function bindExpression(context: ExpressionContext, node: SqlExpression): Expression {
  const bind = (e: SqlExpression): Expression => bindExpression(context, e)
  const call = (name: string, args: readonly SqlExpression[]): Expression => {
    checkUntypedNulls(name, args)
    return createCall(context.environment, name, args.map(bind), node.span)
  }
  const not = (negated: boolean): string => (negated ? 'NOT ' : '')
  switch (node.kind) {
    case 'literal':
      return bindLiteral(node)
    case 'interval':
      return bindInterval(node)
    case 'call':
      return bindCall(context, node)
    case 'column':
      return bindColumn(context, node.path)
    case 'symbol':
      return textLiteral(node.name)
    case 'unary':
      return bindUnary(context, node)
    case 'binary':
      return bindBinary(context, node)
    case 'is':
      return call(`IS ${not(node.negated)}${node.test}`, [node.operand])
    case 'between': {
      const name = `${not(node.negated)}BETWEEN${node.symmetric ? ' SYMMETRIC' : ''}`
      return call(name, [node.operand, node.low, node.high])
    }
    case 'like': {
      const parts = [node.operand, node.pattern, ...(node.escape ? [node.escape] : [])]
      return call(`${not(node.negated)}${node.operator}`, parts)
    }
    case 'in-list':
      return bindInList(context, node)
    case 'case':
      return bindCase(context, node)
    case 'cast':
      return createCast(context.environment, bind(node.operand), castTarget(node.type), {
        safe: node.safe,
        at: node.span,
      })
    case 'array':
      checkSomeTyped('ARRAY', node.items)
      return createCall(context.environment, 'ARRAY', node.items.map(bind), node.span)
    case 'map': {
      checkSomeTyped(
        'The keys of MAP',
        node.items.filter((_, i) => i % 2 === 0),
      )
      return createCall(context.environment, 'MAP', node.items.map(bind), node.span)
    }
    case 'row':
      return call('ROW', node.items)
    case 'field':
      return fieldOf(bind(node.operand), node.name.name, node.name.span)
    case 'index':
      return call('ITEM', [node.operand, node.index])
    case 'subquery':
      if (context.scalar) return context.scalar(node.query)
      return unsupported(`A sub-query in ${context.clause}`, 'Join with it instead.', node.span)
    case 'in-query':
    case 'exists':
    case 'quantified':
      if (context.membership) return context.membership(node)
      return unsupported(
        `A condition with a sub-query in ${context.clause}`,
        'Join with it instead.',
        node.span,
      )
    case 'array-query':
    case 'multiset-query':
    case 'map-query':
      return unsupported('A collection of a sub-query', 'Use ARRAY_AGG or COLLECT.', node.span)
    case 'star':
      throw new InvalidSqlError({
        problem: '* stands where a value is needed',
        remedy: 'Name a column.',
        at: node.span,
      })
    case 'parameter':
      return unsupported('A parameter "?"', 'Write the value.', node.span)
    case 'named-argument':
      return unsupported('A named argument here', 'Pass arguments by position.', node.span)
    case 'descriptor':
    case 'table-argument':
      throw new InvalidSqlError({
        problem: 'DESCRIPTOR and TABLE are arguments of table functions only',
        remedy: 'Use them in FROM, such as FROM TUMBLE(TABLE t, DESCRIPTOR(ts), …).',
        at: node.span,
      })
    default:
      return assertNever(node)
  }
}

/** Of a cast's TIME(p) all digits below the second are cut off, as in Flink: those of columns are kept. */
const castTarget = (type: DataType): DataType =>
  type.kind === 'time' ? { ...type, precision: 0 } : type

function unsupported(what: string, remedy: string, at: SourceSpan): never {
  throw new UnsupportedSqlError({ what, remedy, at })
}

function bindColumn(context: ExpressionContext, path: Path): Expression {
  const { scope, alias, outer } = context
  const found = alias?.(path) ?? scope.find(path) ?? outer?.(path)
  if (found) return found
  const first = path[0] as Path[number]
  // The one function that may go without parentheses although its name is an ordinary word.
  if (path.length === 1 && first.name.toUpperCase() === 'PI')
    return createCall(context.environment, 'PI', [], first.span)
  const qualified = path.length > 1 && scope.relationsOf([first.name]).length > 0
  const missing = qualified ? (path[1] as Path[number]) : first
  throw new UnknownColumnError({
    column: missing.name,
    table: qualified ? first.name : undefined,
    available: qualified ? scope.relationsOf([first.name]).flatMap(r => r.names) : scope.names(),
    at: missing.span,
  })
}

function bindUnary(context: ExpressionContext, node: Of<'unary'>): Expression {
  checkUntypedNulls(node.operator, [node.operand])
  const isNumber = node.operand.kind === 'literal' && node.operator === '-'
  const operand = isNumber ? bindLiteral(node.operand, true) : bindExpression(context, node.operand)
  if (node.operator === 'NOT') return createCall(context.environment, 'NOT', [operand], node.span)
  if (node.operator === '+') return operand
  if (operand.kind === 'literal' && isNumeric(operand.type)) return negated(operand.value, operand)
  return createCall(context.environment, '-', [operand], node.span)
}

function negated(value: Value, like: Extract<Expression, { kind: 'literal' }>): Expression {
  // The lowest BIGINT is one beyond the highest, whose text is a DECIMAL until it is negated.
  if (like.type.kind === 'decimal' && like.type.scale === 0) {
    const integer = integerLiteral(-BigInt(value as number | bigint))
    if (integer) return integer
  }
  if (typeof value === 'bigint') {
    const exact = Number(-value)
    return createLiteral(Number.isSafeInteger(exact) ? exact : -value, like.type)
  }
  // The minus is part of the constant, which has no -0, not even as a DOUBLE.
  return createLiteral(0 - (value as number), like.type)
}

function bindBinary(context: ExpressionContext, node: Of<'binary'>): Expression {
  const { environment } = context
  const { operator, span } = node
  if (operator === 'AND' || operator === 'OR') {
    checkUntypedNulls(operator, [node.left, node.right])
    const op = operator === 'AND' ? 'and' : 'or'
    const sides = [node.left, node.right].map(e => bindExpression(context, e))
    return createLogical(op, sides, span)
  }
  if (operator === 'OVERLAPS') {
    const periods = [node.left, node.right].flatMap(side =>
      side.kind === 'row' ? side.items : [side],
    )
    checkUntypedNulls('OVERLAPS', periods)
    return createCall(
      environment,
      'OVERLAPS',
      periods.map(e => bindExpression(context, e)),
      span,
    )
  }
  if (
    (operator === '=' || operator === '<>') &&
    node.left.kind === 'row' &&
    node.right.kind === 'row'
  )
    return bindRowEquality(context, node, node.left.items, node.right.items)
  checkUntypedNulls(operator, [node.left, node.right])
  const sides = [node.left, node.right].map(e => bindExpression(context, e))
  return createCall(environment, operator, sides, span)
}

function bindRowEquality(
  context: ExpressionContext,
  node: Of<'binary'>,
  left: readonly SqlExpression[],
  right: readonly SqlExpression[],
): Expression {
  if (left.length !== right.length)
    throw new InvalidSqlError({
      problem: `A row of ${left.length} is compared with a row of ${right.length}`,
      remedy: 'Give both rows the same number of values.',
      at: node.span,
    })
  const parts = left.map((l, i) =>
    createCall(
      context.environment,
      node.operator,
      [bindExpression(context, l), bindExpression(context, right[i] as SqlExpression)],
      node.span,
    ),
  )
  return createLogical(node.operator === '=' ? 'and' : 'or', parts, node.span)
}

function bindInList(context: ExpressionContext, node: Of<'in-list'>): Expression {
  const { operand, items, span } = node
  if (operand.kind !== 'row') {
    const args = [operand, ...items].map(e => bindExpression(context, e))
    return createCall(context.environment, node.negated ? 'NOT IN' : 'IN', args, span)
  }
  const matches = items.map(item =>
    bindBinary(context, { kind: 'binary', operator: '=', left: operand, right: item, span }),
  )
  const any = createLogical('or', matches, span)
  return node.negated ? createCall(context.environment, 'NOT', [any], span) : any
}

function bindCase(context: ExpressionContext, node: Of<'case'>): Expression {
  const { environment } = context
  const operand = node.operand && bindExpression(context, node.operand)
  const branches = node.branches.map(branch => {
    const when = bindExpression(context, branch.when)
    return {
      when: operand ? createCall(environment, '=', [operand, when], branch.when.span) : when,
      // biome-ignore lint/suspicious/noThenProperty: CASE's THEN; never awaited
      then: bindExpression(context, branch.then),
    }
  })
  const results = node.branches.map(branch => branch.then)
  checkSomeTyped('CASE', node.otherwise ? [...results, node.otherwise] : results)
  const otherwise = node.otherwise && bindExpression(context, node.otherwise)
  return createCase(environment, branches, otherwise, node.span)
}
