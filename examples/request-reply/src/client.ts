// Asks by a topic and waits for the answer in another: request and reply belong together by the header `correlation-id`.

import { randomUUID } from 'node:crypto'
import { type Kafka, kafka } from '@millrace/kafka'
import { callback, json, Millrace, push, t } from 'millrace'
import { request } from './functions.ts'

export interface Reply {
  readonly product: string
  readonly price: number
  /** The how manieth request of the customer it answers. */
  readonly nth: number
}

const topic = { format: json(), metadata: { headers: 'headers' } } as const
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)

export interface Client {
  /** Rejects when no reply comes in time: the service may be away, or the request is one of its dead letters. */
  ask(customer: string, product: string, timeoutMs?: number): Promise<Reply>
  close(): Promise<void>
}

/** Connects; what is asked from then on is answered to this client, whoever else reads the replies. */
export async function connect(
  brokers: Kafka,
  { to = 'requests', replyTo = 'replies' } = {},
): Promise<Client> {
  const waiting = new Map<string, (reply: Reply) => void>()
  const app = new Millrace(`price-client-${randomUUID()}`, { epochMs: 20 })
  const requests = push()
  app.table('asked', { source: requests, schema: request }).into(brokers.topic(to, topic))
  app
    .table('answered', {
      source: brokers.topic(replyTo, { ...topic, start: { timestamp: Date.now() } }),
      schema: { product: t.string(), price: t.double(), nth: t.int(), headers: request.headers },
    })
    .into(
      callback(
        ({ row }: { readonly row: Reply & { readonly headers: Map<string, Uint8Array> } }) => {
          const { headers: of, ...reply } = row
          waiting.get(textOf(of.get('correlation-id')))?.(reply)
        },
      ),
    )
  const job = await app.start()
  const ended = job.finished.then(() => {
    throw new Error('the client is closed')
  })
  ended.catch(() => {})

  return {
    async ask(customer, product, timeoutMs = 10_000) {
      const id = randomUUID()
      const answer = Promise.withResolvers<Reply>()
      const timeout = setTimeout(
        () => answer.reject(new Error(`no reply to ${id} within ${timeoutMs} ms`)),
        timeoutMs,
      )
      waiting.set(id, answer.resolve)
      const sent = [
        ['correlation-id', bytesOf(id)],
        ['reply-topic', bytesOf(replyTo)],
      ] as const
      try {
        await requests.send({ customer, product, headers: new Map(sent) })
        return await Promise.race([answer.promise, ended])
      } finally {
        clearTimeout(timeout)
        waiting.delete(id)
      }
    },
    async close() {
      await job.stop()
      await job.finished
    },
  }
}

if (import.meta.main) {
  const client = await connect(kafka({ brokers: '127.0.0.1:9092' }))
  for (const product of process.argv.slice(2))
    console.log(await client.ask('me', product).catch((error: Error) => error.message))
  await client.close()
}
