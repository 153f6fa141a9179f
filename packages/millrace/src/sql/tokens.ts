// The tokens of SQL text.

/** `word`: bare name or keyword; `quoted`: in backquotes; `hint`: the opening of a hint comment. */
export type TokenKind =
  | 'word'
  | 'quoted'
  | 'number'
  | 'string'
  | 'binary'
  | 'operator'
  | 'hint'
  | 'end'

export interface Token {
  readonly kind: TokenKind
  /** The decoded content: without quotes, escapes resolved. */
  readonly text: string
  /** The word in upper case, the operator itself, and '' for everything that can be no keyword. */
  readonly key: string
  readonly start: number
  readonly end: number
  readonly line: number
  readonly column: number
}
