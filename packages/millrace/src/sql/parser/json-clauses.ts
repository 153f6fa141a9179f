// Parses the clauses that JSON functions take after their arguments.

import type { JsonBehavior, JsonClauses } from '../ast/expression.ts'
import { parseExpression } from './expressions.ts'
import type { TokenStream } from './token-stream.ts'
import { parseType } from './types.ts'

/** RETURNING, WRAPPER, ON NULL, ON EMPTY, ON ERROR; undefined when none is there. */
export function parseJsonClauses(p: TokenStream): JsonClauses | undefined {
  const clauses: { -readonly [K in keyof JsonClauses]: JsonClauses[K] } = {}
  for (;;) {
    if (p.accept('RETURNING')) clauses.returning = parseType(p)
    else if (p.is('WITH') || p.is('WITHOUT')) {
      const without = p.next().key === 'WITHOUT'
      const conditional = p.accept('CONDITIONAL')
      if (!conditional) p.accept('UNCONDITIONAL')
      p.accept('ARRAY')
      p.expect('WRAPPER')
      clauses.wrapper = without ? 'WITHOUT' : conditional ? 'CONDITIONAL' : 'UNCONDITIONAL'
    } else if (p.accept('NULL', 'ON', 'NULL')) clauses.nullHandling = 'NULL'
    else if (p.accept('ABSENT', 'ON', 'NULL')) clauses.nullHandling = 'ABSENT'
    else {
      const behavior = jsonBehavior(p)
      if (!behavior) return Object.keys(clauses).length > 0 ? clauses : undefined
      p.expect('ON')
      if (p.oneOf('EMPTY', 'ERROR') === 'EMPTY') clauses.onEmpty = behavior
      else clauses.onError = behavior
    }
  }
}

function jsonBehavior(p: TokenStream): JsonBehavior | undefined {
  for (const kind of ['NULL', 'ERROR', 'TRUE', 'FALSE', 'UNKNOWN'] as const)
    if (p.accept(kind)) return { kind }
  if (p.accept('EMPTY'))
    return { kind: p.oneOf('ARRAY', 'OBJECT') === 'ARRAY' ? 'EMPTY ARRAY' : 'EMPTY OBJECT' }
  return p.accept('DEFAULT') ? { kind: 'DEFAULT', value: parseExpression(p) } : undefined
}
