// Ids by which state is found again: from kind, keys, functions and what stateful nodes and tables are upstream.
//
// Filters, projections and row-neutral options are not part of them, so adding a filter keeps the state.

import { printAggregate, printExpression, printSortKey } from '../../plan/print-expression.ts'
import type { Expression } from '../../plan/expression.ts'
import type { ExecNode } from '../exec-node.ts'

export class OperatorIds {
  readonly #used = new Map<string, number>()

  /** The id of a node that is being made; `parts` tell it from others of its kind over the same inputs. */
  next(kind: string, inputs: readonly ExecNode[], parts: readonly string[]): string {
    const upstream = inputs.map(i => stateOf(i))
    const base = `${kind}-${hash([kind, ...parts, ...upstream].join('\n'))}`
    const count = this.#used.get(base) ?? 0
    this.#used.set(base, count + 1)
    return count === 0 ? base : `${base}-${count + 1}`
  }
}

/** What identifies a node to those downstream: its own id when it is a source or has state, else what it passes on. */
function stateOf(node: ExecNode): string {
  return STATELESS.has(node.kind) ? node.inputs.map(stateOf).join(',') : node.id
}

const STATELESS = new Set([
  'calc',
  'watermark',
  'union',
  'unnest',
  'processing-clock',
  'window-assign',
  'late-rows',
  'side-output',
])

export const describeExpressions = (list: readonly Expression[]): string =>
  list.map(e => printExpression(e)).join(', ')
export { printAggregate as describeAggregate, printSortKey as describeSortKey }

/** 53 bits of a string, as letters and digits. @see cyrb53, public domain */
function hash(text: string): string {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    a = Math.imul(a ^ c, 2654435761)
    b = Math.imul(b ^ c, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36).padStart(11, '0')
}
