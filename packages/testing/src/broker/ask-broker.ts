// Asks a broker whether it truly answers: one Metadata request, written by hand.

import { connect } from 'node:net'

const METADATA_KEY = 3
/** Version 4, in every broker since 0.11; 4.x still has it. */
const METADATA_VERSION = 4

/**
 * Whether the broker at `host:port` (plaintext) answers and has joined its cluster.
 *
 * A socket that accepts says little: a broker takes connections before it serves them.
 */
export function isBrokerReady(address: string, timeoutMs = 2_000): Promise<boolean> {
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
    socket.once('connect', () => socket.write(metadataRequest()))
    socket.on('data', chunk => {
      answer = Buffer.concat([answer, chunk])
      if (answer.length >= 16) finish(brokerCount(answer) > 0)
    })
  })
}

/** length, api key, version, correlation id, client id (null), topics (none), allow auto creation. */
function metadataRequest(): Buffer {
  const request = Buffer.alloc(4 + 2 + 2 + 4 + 2 + 4 + 1)
  request.writeInt32BE(request.length - 4, 0)
  request.writeInt16BE(METADATA_KEY, 4)
  request.writeInt16BE(METADATA_VERSION, 6)
  request.writeInt32BE(1, 8)
  request.writeInt16BE(-1, 12)
  return request
}

/** length, correlation id, throttle time, then the array of brokers. */
function brokerCount(answer: Buffer): number {
  return answer.readInt32BE(12)
}
