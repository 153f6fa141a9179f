// One query in two dialects: as Millrace (and Flink) reads it and as DuckDB does.

/** The same meaning in both dialects. */
export interface SqlText {
  readonly flink: string
  readonly duck: string
}

type Part = SqlText | string | number

/** Text that both dialects share, but for the parts that differ. */
export function sql(texts: TemplateStringsArray, ...parts: readonly Part[]): SqlText {
  const write = (dialect: keyof SqlText) =>
    texts.map((text, i) => (i < parts.length ? text + textOf(parts[i] as Part, dialect) : text))
  return { flink: write('flink').join(''), duck: write('duck').join('') }
}

/** Text of which each dialect has its own. */
export const dialects = (flink: string | SqlText, duck: string | SqlText): SqlText => ({
  flink: textOf(flink, 'flink'),
  duck: textOf(duck, 'duck'),
})

export const joinTexts = (parts: readonly Part[], separator = ', '): SqlText => ({
  flink: parts.map(p => textOf(p, 'flink')).join(separator),
  duck: parts.map(p => textOf(p, 'duck')).join(separator),
})

function textOf(part: Part, dialect: keyof SqlText): string {
  return typeof part === 'object' ? part[dialect] : `${part}`
}
