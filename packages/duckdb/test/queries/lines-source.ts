// The source `lines`: a text held in memory, decoded by a format as if it were a file.

import type { SourceFactory } from 'millrace'

/** Bounded; each table's text is read as one batch. */
export const linesSource = (textOf: (table: string) => string): SourceFactory => ({
  connector: 'lines',
  options: [],
  takesFormat: true,
  create({ table }) {
    const bytes = new TextEncoder().encode(textOf(table.name))
    return {
      boundedness: 'bounded',
      payload: 'bytes',
      discover: async known => (known.has('text') ? [] : [{ id: 'text', spec: null }]),
      async open() {
        let isRead = bytes.length === 0
        return {
          async read() {
            if (isRead) return 'finished'
            isRead = true
            return { kind: 'bytes', bytes, start: 0, end: bytes.length, positionAt: at => at }
          },
          wait: async () => {},
          close: async () => {},
        }
      },
      describe: () => `${bytes.length} bytes of lines`,
    }
  },
})
