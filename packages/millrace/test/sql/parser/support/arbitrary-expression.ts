// Random expressions of the syntax tree, such as the parser gives.

import fc from 'fast-check'
import type {
  BinaryOperator,
  Call,
  Expression,
  Identifier,
} from '../../../../src/sql/ast/expression.ts'
import { types } from '../../../../src/types/data-type.ts'

const span = { start: 0, end: 0, line: 1, column: 1 }
const identifier = (name: string): Identifier => ({ kind: 'identifier', name, span })
const name = fc
  .constantFrom('a', 'B', 'order', 'key', 'a b', 'x`y', 'é', 'count', 'final', 'map', 'User', '1')
  .map(identifier)

const text = fc.constantFrom('', 'a', "it's", '--', '/*', 'a\nb', '\\0041', '💧', ';')
const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc
    .constantFrom('0', '1.5', '.5', '1e10', '1.', '99999999999999999999')
    .map((digits): Expression => ({ kind: 'literal', type: 'number', text: digits, span })),
  text.map((content): Expression => ({ kind: 'literal', type: 'string', text: content, span })),
  fc
    .constantFrom<'true' | 'false' | 'null' | 'unknown'>('true', 'false', 'null', 'unknown')
    .map((type): Expression => ({ kind: 'literal', type, text: type.toUpperCase(), span })),
  fc
    .array(name, { minLength: 1, maxLength: 3 })
    .map((path): Expression => ({ kind: 'column', path, span })),
  fc.boolean().map(
    (negative): Expression => ({
      kind: 'interval',
      text: '1:30',
      negative,
      qualifier: { from: 'HOUR', fromPrecision: 3, to: 'MINUTE', toPrecision: undefined },
      span,
    }),
  ),
  fc.constant<Expression>({ kind: 'parameter', span }),
)

const call = (functionName: string, args: readonly Expression[]): Call => ({
  kind: 'call',
  name: [identifier(functionName)],
  args,
  quantifier: undefined,
  json: undefined,
  orderBy: [],
  nulls: undefined,
  filter: undefined,
  over: undefined,
  semantics: undefined,
  span,
})

const OPERATORS: readonly BinaryOperator[] = [
  'OR',
  'AND',
  '=',
  '<>',
  '<',
  '<=',
  '>',
  '>=',
  '+',
  '-',
  '*',
  '/',
  '%',
  '||',
  'OVERLAPS',
  'IS DISTINCT FROM',
  'IS NOT DISTINCT FROM',
]

/** Expressions of all operators, CASE, CAST, constructors, access and the calls with keywords. */
export const arbitraryExpression: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression }>(tie => {
  const any = tie('any')
  const pair = fc.tuple(any, any)
  const list = fc.array(any, { minLength: 1, maxLength: 3 })
  const negated = fc.boolean()
  return {
    any: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      leaf,
      fc
        .tuple(fc.constantFrom<'+' | '-' | 'NOT'>('+', '-', 'NOT'), any)
        .map(([operator, operand]): Expression => ({ kind: 'unary', operator, operand, span })),
      fc.tuple(fc.constantFrom(...OPERATORS), any, any).map(
        ([operator, left, right]): Expression => ({
          kind: 'binary',
          operator,
          left,
          right,
          span,
        }),
      ),
      fc
        .tuple(any, fc.constantFrom<'NULL' | 'TRUE' | 'JSON'>('NULL', 'TRUE', 'JSON'), negated)
        .map(
          ([operand, test, not]): Expression => ({ kind: 'is', operand, test, negated: not, span }),
        ),
      fc.tuple(any, any, any, fc.boolean(), negated).map(
        ([operand, low, high, symmetric, not]): Expression => ({
          kind: 'between',
          operand,
          low,
          high,
          symmetric,
          negated: not,
          span,
        }),
      ),
      fc.tuple(any, any, fc.option(any, { nil: undefined }), negated).map(
        ([operand, pattern, escape, not]): Expression => ({
          kind: 'like',
          operator: 'SIMILAR TO',
          operand,
          pattern,
          escape,
          negated: not,
          span,
        }),
      ),
      fc.tuple(any, list, negated).map(
        ([operand, items, not]): Expression => ({
          kind: 'in-list',
          operand,
          items,
          negated: not,
          span,
        }),
      ),
      fc.tuple(fc.option(any, { nil: undefined }), pair, fc.option(any, { nil: undefined })).map(
        ([operand, [when, then], otherwise]): Expression => ({
          kind: 'case',
          operand,
          branches: [{ when, then }],
          otherwise,
          span,
        }),
      ),
      fc.tuple(any, fc.boolean()).map(
        ([operand, safe]): Expression => ({
          kind: 'cast',
          operand,
          type: types.array(types.decimal(9, 2)),
          safe,
          span,
        }),
      ),
      fc
        .tuple(fc.constantFrom<'array' | 'row'>('array', 'row'), list)
        .map(([kind, items]): Expression => ({ kind, items, span })),
      fc
        .tuple(any, name)
        .filter(([operand]) => operand.kind !== 'column')
        .map(([operand, field]): Expression => ({ kind: 'field', operand, name: field, span })),
      pair.map(([operand, index]): Expression => ({ kind: 'index', operand, index, span })),
      fc
        .tuple(
          fc.constantFrom('myFunction', 'COUNT', 'value', 'EXTRACT', 'TRIM', 'CAST', 'MAP'),
          list,
        )
        .map(([functionName, args]) => call(functionName, args)),
      pair.map(args => call('POSITION', args)),
      pair.map(args => call('JSON_OBJECT', args)),
      fc.tuple(any, any, any).map(args => call('OVERLAY', args)),
      fc
        .tuple(any, any)
        .map(([a, b]) => call('TRIM', [{ kind: 'symbol', name: 'LEADING', span }, a, b])),
      any.map(a => call('FLOOR', [a, { kind: 'symbol', name: 'DAY', span }])),
      fc.tuple(any, any).map(
        ([a, b]): Expression => ({
          ...call('SUM', [a]),
          filter: b,
          over: {
            kind: 'window',
            name: undefined,
            partitionBy: [b],
            orderBy: [{ expression: a, descending: true, nulls: 'LAST', span }],
            frame: {
              unit: 'ROWS',
              start: { kind: 'PRECEDING', offset: b },
              end: { kind: 'CURRENT ROW' },
            },
            span,
          },
        }),
      ),
    ),
  }
}).any
