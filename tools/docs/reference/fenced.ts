// Code blocks.

/** A block of code; `language` may be empty. */
export const fenced = (language: string, text: string): string =>
  `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``
