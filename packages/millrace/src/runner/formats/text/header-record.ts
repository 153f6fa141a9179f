// Stands in a batch for the header line of a file: column names for the records behind it.

const MARK = Buffer.from('\0\0header\0')

/** The header line, marked, newline included. */
export function headerRecord(line: Uint8Array): Uint8Array {
  const isTerminated = line.at(-1) === 10
  return Buffer.concat(isTerminated ? [MARK, line] : [MARK, line, Buffer.of(10)])
}

/** Where the header's text starts when the record at `start` is one, otherwise -1. */
export function headerStart(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== 0 || end - start < MARK.length) return -1
  for (let i = 0; i < MARK.length; i++) if (bytes[start + i] !== MARK[i]) return -1
  return start + MARK.length
}
