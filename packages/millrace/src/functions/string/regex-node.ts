// The tree of a regular expression.

import type { CodePointSet } from './code-point-set.ts'

export type RegexNode =
  | { readonly kind: 'set'; readonly set: CodePointSet }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexNode[] }
  | { readonly kind: 'group'; readonly capture: number | undefined; readonly body: RegexNode }
  | {
      readonly kind: 'repeat'
      readonly body: RegexNode
      readonly min: number
      readonly max: number
      readonly lazy: boolean
    }
  | { readonly kind: 'anchor'; readonly at: Anchor }
  | {
      readonly kind: 'look'
      readonly behind: boolean
      readonly negative: boolean
      readonly body: RegexNode
    }
  | { readonly kind: 'reference'; readonly group: number }

export type Anchor =
  | 'start'
  | 'end'
  | 'line-start'
  | 'line-end'
  | 'last-line-end'
  | 'word'
  | 'inside-word'

export interface ParsedRegex {
  readonly root: RegexNode
  readonly groupCount: number
}

/** The text is not a regular expression, or uses what is not supported. */
export class RegexSyntaxError extends Error {}
