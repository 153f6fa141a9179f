// A client that speaks Kafka's protocol by hand: one connection, requests of old versions, nothing done behind one's back.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const CLIENT_ID = 'raw-client'

export class RawClient {
  readonly #socket: Socket
  #nextId = 1
  #bytes = Buffer.alloc(0)
  readonly #waiting = new Map<number, (reply: Buffer) => void>()
  /** How the connection ended: a code such as ECONNRESET, or `end`. */
  readonly whenEnded: Promise<string>

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', chunk => this.#take(chunk))
    this.whenEnded = new Promise(resolve => {
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      socket.once('close', () => resolve('end'))
    })
  }

  static async connect(address: string): Promise<RawClient> {
    const { hostname: host, port } = new URL(`tcp://${address}`)
    const socket = connect({ host, port: Number(port) })
    await once(socket, 'connect')
    return new RawClient(socket)
  }

  /** Sends a request and gives the body of its reply, after the correlation id. */
  send(apiKey: number, version: number, ...fields: Buffer[]): Promise<Buffer> {
    const id = this.#nextId++
    const header = Buffer.concat([int16(apiKey), int16(version), int32(id), string(CLIENT_ID)])
    const body = Buffer.concat([header, ...fields])
    this.#socket.write(Buffer.concat([int32(body.length), body]))
    return new Promise(resolve => this.#waiting.set(id, resolve))
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk])
    while (this.#bytes.length >= 4 && this.#bytes.length >= 4 + this.#bytes.readInt32BE(0)) {
      const end = 4 + this.#bytes.readInt32BE(0)
      const id = this.#bytes.readInt32BE(4)
      this.#waiting.get(id)?.(this.#bytes.subarray(8, end))
      this.#waiting.delete(id)
      this.#bytes = this.#bytes.subarray(end)
    }
  }
}

export function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

export function string(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([int16(bytes.length), bytes])
}
