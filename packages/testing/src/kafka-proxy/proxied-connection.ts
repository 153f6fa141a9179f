// One connection of a client through the proxy: two directions, each passing on whole messages in their order.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from './fault-rules.ts'
import { framesOf, readReplyId, readRequestHeader, type RequestHeader } from './kafka-frames.ts'

/** What a connection asks of its proxy. */
export interface ConnectionOwner {
  /** Called for every request, before it is passed on. */
  judge(header: RequestHeader, frame: Buffer): Fault | undefined
  /** Resolves as soon as messages may pass. */
  readonly whenOpen: Promise<void>
  /** Called once both sides are closed. */
  ended(): void
}

interface PendingReply {
  readonly correlationId: number
  readonly fault: Fault | undefined
}

export class ProxiedConnection {
  readonly #client: Socket
  readonly #broker: Socket
  readonly #owner: ConnectionOwner
  /** Requests that the broker has, in their order, which is that of its replies. */
  #pending: PendingReply[] = []
  /** Nothing reaches the client any more. */
  #isSilent = false
  /** Nothing reaches the broker any more, the end of the connection included. */
  #isCut = false

  constructor(client: Socket, target: { host: string; port: number }, owner: ConnectionOwner) {
    this.#client = client
    this.#broker = connect(target)
    this.#owner = owner
    // Resets arrive as errors; the end of the streams is what matters.
    client.on('error', () => {})
    this.#broker.on('error', () => {})
    client.setNoDelay(true)
    this.#broker.setNoDelay(true)
    client.once('close', () => this.#isCut || this.#broker.destroy())
    this.#broker.once('close', () => this.#isSilent || client.destroy())
    for (const side of [client, this.#broker]) {
      side.once('close', () => client.closed && this.#broker.closed && owner.ended())
    }
    void this.#passRequests()
    void this.#passReplies()
  }

  /** Ends it on the client's side with a reset. */
  reset(): void {
    this.#client.resetAndDestroy()
  }

  /** Ends both sides. */
  close(): void {
    this.#client.destroy()
    this.#broker.destroy()
  }

  async #passRequests(): Promise<void> {
    try {
      for await (const frame of framesOf(this.#client)) {
        const header = readRequestHeader(frame)
        const fault = this.#owner.judge(header, frame)
        await this.#owner.whenOpen
        if (fault?.kind === 'delay-request') await sleep(fault.ms)
        if (fault && this.#strikeRequest(fault)) continue
        if (this.#isCut) continue
        this.#pending.push({ correlationId: header.correlationId, fault })
        await write(this.#broker, frame)
      }
    } catch {
      // The connection is gone; its other side has been told by 'close'.
    }
  }

  /** @returns whether the request goes no further */
  #strikeRequest(fault: Fault): boolean {
    switch (fault.kind) {
      case 'reset':
        this.reset()
        return true
      case 'lose-request':
        this.#isSilent = true
        return true
      case 'black-hole':
        this.#isSilent = true
        this.#isCut = true
        return true
      case 'half-open':
        this.#isSilent = true
        this.#isCut = true
        this.#broker.destroy()
        return true
      case 'lose-reply':
      case 'reset-reply':
      case 'delay-reply':
      case 'delay-request':
        return false
    }
  }

  async #passReplies(): Promise<void> {
    try {
      for await (const frame of framesOf(this.#broker)) {
        const fault = this.#faultOfReply(readReplyId(frame))
        await this.#owner.whenOpen
        if (fault?.kind === 'delay-reply') await sleep(fault.ms)
        if (fault?.kind === 'lose-reply') this.#isSilent = true
        if (fault?.kind === 'reset-reply') this.reset()
        else if (!this.#isSilent) await write(this.#client, frame)
      }
    } catch {
      // As above.
    }
  }

  /** Requests before that of this reply had none: a Produce with `acks=0`. */
  #faultOfReply(correlationId: number): Fault | undefined {
    const index = this.#pending.findIndex(pending => pending.correlationId === correlationId)
    return this.#pending.splice(0, index + 1).at(-1)?.fault
  }
}

async function write(socket: Socket, frame: Buffer): Promise<void> {
  if (!socket.write(frame)) await once(socket, 'drain')
}
