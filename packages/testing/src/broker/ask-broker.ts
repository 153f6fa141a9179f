// Asks a broker whether it truly answers: one Metadata request, written by hand. It makes topics, too.

import { connect } from 'node:net'

const METADATA_KEY = 3
/** Version 4, in every broker since 0.11; 4.x still has it. */
const METADATA_VERSION = 4

/**
 * Whether the broker at `host:port` (plaintext) answers and has joined its cluster.
 *
 * A socket that accepts says little: a broker takes connections before it serves them.
 */
export const isBrokerReady = (address: string, timeoutMs = 2_000): Promise<boolean> =>
  isAnswered(address, [], timeoutMs)

/** Has a broker that makes topics when they are first asked for make these. False: it did not answer. */
export const askForTopics = (address: string, topics: readonly string[]): Promise<boolean> =>
  isAnswered(address, topics, 10_000)

function isAnswered(
  address: string,
  topics: readonly string[],
  timeoutMs: number,
): Promise<boolean> {
  const { hostname: host, port } = new URL(`tcp://${address}`)
  return new Promise(resolve => {
    const socket = connect({ host, port: Number(port) })
    let answer = Buffer.alloc(0)
    const finish = (isReady: boolean): void => {
      resolve(isReady)
      socket.destroy()
    }
    socket.setTimeout(timeoutMs, () => finish(false))
    socket.once('error', () => finish(false))
    socket.once('close', () => finish(false))
    socket.once('connect', () => socket.write(metadataRequest(topics)))
    socket.on('data', chunk => {
      answer = Buffer.concat([answer, chunk])
      if (answer.length >= 16) finish(brokerCount(answer) > 0)
    })
  })
}

/** length, api key, version, correlation id, client id (null), topics, allow auto creation. */
function metadataRequest(topics: readonly string[]): Buffer {
  const head = Buffer.alloc(4 + 2 + 2 + 4 + 2 + 4)
  head.writeInt16BE(METADATA_KEY, 4)
  head.writeInt16BE(METADATA_VERSION, 6)
  head.writeInt32BE(1, 8)
  head.writeInt16BE(-1, 12)
  head.writeInt32BE(topics.length, 14)
  const names = topics.flatMap(topic => {
    const length = Buffer.alloc(2)
    length.writeInt16BE(Buffer.byteLength(topic), 0)
    return [length, Buffer.from(topic)]
  })
  const request = Buffer.concat([head, ...names, Buffer.of(topics.length > 0 ? 1 : 0)])
  request.writeInt32BE(request.length - 4, 0)
  return request
}

/** length, correlation id, throttle time, then the array of brokers. */
function brokerCount(answer: Buffer): number {
  return answer.readInt32BE(12)
}
