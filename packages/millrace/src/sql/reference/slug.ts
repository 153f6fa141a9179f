// Names of pages: of operators in words.

const WORDS: Readonly<Record<string, string>> = {
  '=': 'equals',
  '<>': 'not-equals',
  '<': 'less',
  '<=': 'less-or-equal',
  '>': 'greater',
  '>=': 'greater-or-equal',
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'divided-by',
  '||': 'joined-text',
}

/** The name of the page of a statement, clause or function, without its folder and ending. */
export const slugOf = (name: string): string =>
  WORDS[name] ??
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
