// SQL's three-valued logic over `boolean | null`.

/** TRUE, FALSE or (null) UNKNOWN. */
export type Truth = boolean | null

export function and(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false
  return a === null || b === null ? null : true
}

export function or(a: Truth, b: Truth): Truth {
  if (a === true || b === true) return true
  return a === null || b === null ? null : false
}

export function not(a: Truth): Truth {
  return a === null ? null : !a
}
