// Kafka's messages on a connection: a length of 4 bytes, big-endian, then as many bytes.

import type { Socket } from 'node:net'

/** The beginning of every request: api key, api version, correlation id, client id. */
export interface RequestHeader {
  readonly apiKey: number
  readonly apiVersion: number
  readonly correlationId: number
  readonly clientId: string | undefined
}

const LENGTH_BYTES = 4

/** The messages that come in on a socket, each with its length in front; ends with the socket, an unfinished message is dropped. */
export async function* framesOf(socket: Socket): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = []
  let size = 0
  let wanted = LENGTH_BYTES
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    // Chunks of a long message are put together once, when it is complete.
    if (size < wanted) continue
    let bytes = Buffer.concat(chunks)
    for (;;) {
      wanted = bytes.length < LENGTH_BYTES ? LENGTH_BYTES : LENGTH_BYTES + bytes.readInt32BE(0)
      if (bytes.length < wanted) break
      yield bytes.subarray(0, wanted)
      bytes = bytes.subarray(wanted)
    }
    chunks = [bytes]
    size = bytes.length
  }
}

/** The header of a request, its length in front. */
export function readRequestHeader(frame: Buffer): RequestHeader {
  const clientIdLength = frame.readInt16BE(12)
  return {
    apiKey: frame.readInt16BE(4),
    apiVersion: frame.readInt16BE(6),
    correlationId: frame.readInt32BE(8),
    clientId: clientIdLength < 0 ? undefined : frame.toString('utf8', 14, 14 + clientIdLength),
  }
}

/** The correlation id of a reply, its length in front. */
export function readReplyId(frame: Buffer): number {
  return frame.readInt32BE(LENGTH_BYTES)
}
