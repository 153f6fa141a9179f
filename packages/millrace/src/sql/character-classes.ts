// What a character code may be a part of in SQL.

export const isDigit = (c: number) => c >= 48 && c <= 57

export const isWordStart = (c: number) =>
  (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c > 127

export const isWordPart = (c: number) => isWordStart(c) || isDigit(c) || c === 36

export const isSpace = (c: number) => c === 32 || (c >= 9 && c <= 13) || c === 0xa0 || c === 0xfeff
