// Where in a program's text a node comes from: errors of planning show that place. Nodes of typed programs have none.

import { MillraceError, type SourceSpan } from '../types/errors.ts'
import type { PlanNode } from './node.ts'

/** A place in a text of SQL. */
export interface Origin {
  readonly text: string
  readonly at: SourceSpan
}

/** The node, said to come from there. */
export function located<N extends PlanNode>(node: N, origin: Origin): N {
  return { ...node, origin }
}

/** A node that was made anew of another, with that one's origin. */
export function relocated<N extends PlanNode>(made: N, { origin }: PlanNode): N {
  return origin && !made.origin ? located(made, origin) : made
}

/** Runs what plans or makes a node; an error without a place shows that of the innermost node that has one. */
export function atOrigin<T>({ origin }: { readonly origin?: Origin }, plan: () => T): T {
  try {
    return plan()
  } catch (error) {
    throw origin && error instanceof MillraceError ? error.showPlace(origin.text, origin.at) : error
  }
}
