// The HTTP server of a job: JSON, live events, metrics and the page.

import { existsSync } from 'node:fs'
import { type AddressInfo, isIP } from 'node:net'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { type AccessRules, refuse, SECURITY_HEADERS } from './access-guard.ts'
import type { ConsoleLimits } from './console/console-limits.ts'
import { EventStream } from './event-stream.ts'
import type { JobView } from './job-view.ts'
import { PROMETHEUS_CONTENT_TYPE, prometheusText } from './prometheus-text.ts'
import { addPlanRoutes } from './routes/plan.ts'
import { range } from './routes/range.ts'
import { addConsoleRoutes } from './routes/console.ts'
import { PortInUseError, TokenMissingError } from './server-errors.ts'
import { StatusHistory } from './status-history.ts'

export interface ServerOptions {
  /** 0: any free port. */
  readonly port: number
  /** The address to listen on; by default 127.0.0.1. Any that others can reach needs a token. */
  readonly host?: string
  readonly token?: string
  /** Further host names under which the server is addressed, such as that of a proxy. */
  readonly hostNames?: readonly string[]
  /** What queries of the console may take. */
  readonly console?: ConsoleLimits
}

export interface RunningServer {
  readonly url: string
  readonly port: number
  /** Ends all connections. */
  close(): Promise<void>
}

/**
 * Serves a job.
 *
 * @throws {PortInUseError} `MR_SERVER_PORT_IN_USE`
 * @throws {TokenMissingError} for an address that others can reach, without a token
 */
export async function startServer(job: JobView, options: ServerOptions): Promise<RunningServer> {
  const { port, host = '127.0.0.1', token } = options
  if (!token && !isLoopback(host)) throw new TokenMissingError({ host })
  const rules: AccessRules = {
    hosts: new Set([...LOOPBACK_NAMES, urlHost(host), ...(options.hostNames ?? [])]),
    token,
  }
  const app = Fastify({ logger: false, forceCloseConnections: true })
  const history = new StatusHistory()
  const events = new EventStream(job, history)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS)
    if (refuse(request, reply, rules)) return reply
  })
  app.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) => {
    reply.code(error.statusCode ?? 500).send({ error: error.message })
  })
  addApi(app, job, history, events)
  addConsoleRoutes(app, () => job.console, options.console)
  addPage(app)
  try {
    await app.listen({ port, host })
  } catch (cause) {
    events.close()
    await app.close()
    if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new PortInUseError({ host, port, cause })
    }
    throw cause
  }
  const bound = (app.server.address() as AddressInfo).port
  return {
    url: `http://${urlHost(host)}:${bound}`,
    port: bound,
    async close() {
      events.close()
      await app.close()
    },
  }
}

function addApi(app: FastifyInstance, job: JobView, history: StatusHistory, events: EventStream) {
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
  app.get('/healthz', async (_request, reply) => {
    const { state } = job.status()
    return reply.code(state === 'failed' ? 503 : 200).send({ state })
  })
  app.get('/api/status', async () => ({ name: job.name, ...job.status() }))
  addPlanRoutes(app, job)
  app.get('/api/board', async () => ({ board: job.board() ?? null }))
  app.get('/api/history', async () => ({ samples: history.samples }))
  app.get('/api/tables', async () => ({ tables: job.tables() }))
  app.get<{ Params: { name: string }; Querystring: { limit: number } }>(
    '/api/tables/:name',
    { schema: { querystring: range(100) } },
    async ({ params, query }, reply) => {
      const tables = job.tables()
      if (!tables.includes(params.name)) {
        const error = `There is no table "${params.name}". Tables: ${tables.join(', ') || 'none'}.`
        return reply.code(404).send({ error })
      }
      return job.table(params.name, query)
    },
  )
  app.get<{ Querystring: { limit: number; offset: number } }>(
    '/api/dead-letters',
    { schema: { querystring: range(50) } },
    async ({ query }) => ({
      total: job.status().deadLettered,
      deadLetters: await job.deadLetters(query),
    }),
  )
  app.get('/api/events', (_request, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, {
      ...SECURITY_HEADERS,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    })
    events.add(reply.raw)
  })
  app.get('/metrics', async (_request, reply) =>
    reply.type(PROMETHEUS_CONTENT_TYPE).send(prometheusText(job.metrics())),
  )
}

// The same place from src/ and from dist/.
const PAGE = fileURLToPath(new URL('../dist/page', import.meta.url))

function addPage(app: FastifyInstance): void {
  if (existsSync(`${PAGE}/index.html`)) {
    app.register(fastifyStatic, { root: PAGE, cacheControl: false })
    return
  }
  app.get('/', async (_request, reply) =>
    reply
      .code(503)
      .type('text/plain; charset=utf-8')
      .send('The page is not built. Build it: npm run build:page -w @millrace/server\n'),
  )
}

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]']
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
const urlHost = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host.toLowerCase())
