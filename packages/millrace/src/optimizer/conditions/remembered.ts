// What rules make of an expression, found out once: they look at the same expressions in each of their rounds (`bench`, plan).

import type { Expression } from '../../plan/expression.ts'

/** The function, which is called once for an expression, as long as that lives. */
export function remembered<T>(make: (e: Expression) => T): (e: Expression) => T {
  const known = new WeakMap<Expression, { readonly value: T }>()
  return e => {
    const found = known.get(e)
    if (found) return found.value
    const value = make(e)
    known.set(e, { value })
    return value
  }
}
