// The console's routes: tables, completion and errors of a text, and queries whose results come as they are found.

import type { FastifyInstance, FastifyReply } from 'fastify'
import { MillraceError } from 'millrace'
import { CONSOLE_LIMITS, type ConsoleLimits } from '../console/console-limits.ts'
import type { ConsolePort } from '../console/console-port.ts'
import { sendResults, tellOf } from '../console/send-results.ts'

/** The longest text, in UTF-16 units. */
const MAX_TEXT = 100_000

const text = { type: 'string', maxLength: MAX_TEXT }
const body = (properties: Record<string, object>) => ({
  body: {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  },
})

/** A JSON body alone: other origins cannot send one unasked. */
const operate = { config: { role: 'operate' }, bodyLimit: 4 * MAX_TEXT } as const

/**
 * Adds the console over whichever job runs.
 *
 * @param consoleOf undefined while no job can be queried, such as one of another process
 */
export function addConsoleRoutes(
  app: FastifyInstance,
  consoleOf: () => ConsolePort | undefined,
  limits: ConsoleLimits = CONSOLE_LIMITS,
): void {
  const stops = new Set<AbortController>()
  app.addHook('onClose', async () => {
    for (const stop of stops) stop.abort('closed')
  })
  const withConsole = (reply: FastifyReply): ConsolePort | undefined => {
    const console = consoleOf()
    if (!console) reply.code(404).send({ error: 'This job cannot be queried from here.' })
    return console
  }

  app.get('/api/console', { config: { role: 'read' } }, async () => {
    const console = consoleOf()
    return { isAvailable: console !== undefined, tables: console?.tables() ?? [], limits }
  })

  app.post<{ Body: { text: string; position: number } }>(
    '/api/console/complete',
    { ...operate, schema: body({ text, position: { type: 'integer', minimum: 0 } }) },
    async (request, reply) => {
      const console = withConsole(reply)
      if (!console) return reply
      return { items: await console.complete(request.body.text, request.body.position) }
    },
  )

  app.post<{ Body: { text: string } }>(
    '/api/console/problems',
    { ...operate, schema: body({ text }) },
    async (request, reply) => {
      const console = withConsole(reply)
      return console ? { problems: console.problems(request.body.text) } : reply
    },
  )

  app.post<{ Body: { text: string; mode: 'streaming' | 'batch' } }>(
    '/api/console/queries',
    { ...operate, schema: body({ text, mode: { enum: ['streaming', 'batch'] } }) },
    async (request, reply) => {
      const console = withConsole(reply)
      if (!console) return reply
      if (stops.size >= limits.maxQueries) {
        const error = `${limits.maxQueries} queries are running; cancel one first.`
        return reply.code(429).send({ error })
      }
      const stop = new AbortController()
      const { text, mode } = request.body
      stops.add(stop)
      try {
        const { maxStateBytes } = limits
        const query = console.query(text, { mode, maxStateBytes, signal: stop.signal })
        const headers = reply.getHeaders() as Record<string, string>
        reply.hijack()
        reply.raw.writeHead(200, {
          ...headers,
          'content-type': 'application/x-ndjson; charset=utf-8',
          'cache-control': 'no-store',
        })
        await sendResults(reply.raw, { text, query, stop, limits })
      } catch (error) {
        if (!(error instanceof MillraceError) || reply.sent) throw error
        const told = tellOf(error, text)
        return reply.code(400).send({ error: told.message, problem: told })
      } finally {
        stops.delete(stop)
      }
      return reply
    },
  )
}
