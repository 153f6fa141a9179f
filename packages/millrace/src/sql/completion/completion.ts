// What an editor may insert at a place in SQL text.

export interface Completion {
  /** What stands there then, in backquotes where SQL needs them. */
  readonly text: string
  readonly kind: 'statement' | 'keyword' | 'type' | 'function' | 'table' | 'view' | 'column'
  /** The type of a column, the call of a function, what a statement does. */
  readonly detail: string
  /** Where the text that it replaces begins; it ends at the position asked about. */
  readonly start: number
}
