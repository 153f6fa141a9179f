// Stands in a batch for a record that was too long to hold, so that its decoder reports it as malformed.

const MARK = Buffer.from('\0\0overlong\0')

/** A line that no format can read and every format's messages can tell. */
export function overlongRecord(file: string, offset: number, maxBytes: number): Uint8Array {
  const text = `record at byte ${offset} of "${file}" is longer than ${maxBytes} bytes`
  return Buffer.concat([MARK, Buffer.from(text.replaceAll(/[\r\n]/g, ' ')), Buffer.from('\n')])
}

/** What the mark says, when the record is one. */
export function overlongProblem(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (bytes[start] !== 0 || end - start <= MARK.length) return undefined
  for (let i = 0; i < MARK.length; i++) if (bytes[start + i] !== MARK[i]) return undefined
  return Buffer.from(bytes.subarray(start + MARK.length, end))
    .toString()
    .trimEnd()
}
