// Columns of texts, one below the other.

/** The first column, or as many as are told, to the left, the others to the right, as figures are. */
export function tableOf(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  toTheLeft = 1,
): string[] {
  const widths = heads.map((head, i) =>
    Math.max(head.length, ...rows.map(row => (row[i] as string).length)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((c, i) => {
        const width = widths[i] as number
        return i < toTheLeft ? c.padEnd(width) : c.padStart(width)
      })
      .join('  ')
      .trimEnd()
  return [line(heads), ...rows.map(line)]
}
