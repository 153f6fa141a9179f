// The source `frames`: messages held in memory, laid out in one buffer as a log's records are, with other bytes between.

import type { FramesBatch, SourceFactory } from '../../../src/connector/source.ts'
import type { RecordKeys } from '../../../src/connector/record-formats.ts'

export interface Message {
  readonly key?: string | Uint8Array | null
  readonly value: string | Uint8Array | null
  readonly offset?: number
}

/** Bounded; a split, and a batch of `perBatch` messages after the other. */
export const framesSource = (
  messages: readonly Message[],
  { keys = 'named', perBatch = 3 }: { readonly keys?: RecordKeys; readonly perBatch?: number } = {},
): SourceFactory => ({
  connector: 'frames',
  options: [],
  takesFormat: true,
  keys,
  metadata: new Set(['offset', 'topic']),
  recordMetadata: new Set(['offset']),
  create: ({ table }) => ({
    boundedness: 'bounded',
    payload: 'frames',
    discover: async known => (known.has('0') ? [] : [{ id: '0', spec: null }]),
    sharedValues: async () => table.schema.map((_, i) => (table.metadata.has(i) ? 'clicks' : null)),
    async open(_, position) {
      let at = typeof position === 'number' ? position : 0
      return {
        async read() {
          if (at >= messages.length) return 'finished'
          const from = at
          at = Math.min(messages.length, at + perBatch)
          return layOut(messages.slice(from, at), from)
        },
        wait: async () => {},
        close: async () => {},
      }
    },
    describe: () => `${messages.length} messages`,
  }),
})

/** Between keys and values stand bytes that a walk must not take for theirs: a number, a brace, a newline. */
const BETWEEN = Buffer.from('7}\n')

function layOut(messages: readonly Message[], from: number): FramesBatch {
  const parts: Uint8Array[] = []
  let length = 0
  const starts = { value: new Int32Array(messages.length), key: new Int32Array(messages.length) }
  const ends = { value: new Int32Array(messages.length), key: new Int32Array(messages.length) }
  messages.forEach((message, i) => {
    for (const part of ['key', 'value'] as const) {
      const content = message[part] ?? null
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      starts[part][i] = bytes === null ? -1 : length
      ends[part][i] = length + (bytes?.length ?? 0)
      parts.push(bytes ?? new Uint8Array(), BETWEEN)
      length += (bytes?.length ?? 0) + BETWEEN.length
    }
  })
  return {
    kind: 'frames',
    bytes: Uint8Array.from(Buffer.concat(parts)),
    count: messages.length,
    valueStarts: starts.value,
    valueEnds: ends.value,
    keyStarts: starts.key,
    keyEnds: ends.key,
    metadata: () => index => messages[index]?.offset ?? from + index,
    positionAt: count => from + count,
  }
}
