// Something that takes connections and answers each request with bytes that it is told: no broker, but what may stand in for one.

import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

export class FalseBroker {
  /** The bytes behind the correlation id of the next answer. */
  answer: Uint8Array = new Uint8Array()
  readonly #server = createServer(socket => this.#serve(socket))
  readonly #sockets = new Set<Socket>()

  /** Gives its address. */
  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const { port } = this.#server.address() as { port: number }
    return `127.0.0.1:${port}`
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    const closed = once(this.#server, 'close')
    this.#server.close()
    await closed
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => this.#sockets.delete(socket))
    let bytes = Buffer.alloc(0)
    socket.on('data', chunk => {
      bytes = Buffer.concat([bytes, chunk])
      while (bytes.length >= 4 && bytes.length >= 4 + bytes.readInt32BE(0)) {
        const correlationId = bytes.subarray(8, 12)
        bytes = bytes.subarray(4 + bytes.readInt32BE(0))
        const length = Buffer.alloc(4)
        length.writeInt32BE(4 + this.answer.length)
        socket.write(Buffer.concat([length, correlationId, this.answer]))
      }
    })
  }
}
