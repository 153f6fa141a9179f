// The HTTP server of a job: JSON, live events, metrics and the page.

import { existsSync } from 'node:fs'
import { type AddressInfo, isIP } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Server as HttpsServer } from 'node:https'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { type AccessRules, addAccessRoutes, guard, SECURITY_HEADERS } from './access/guard.ts'
import { Sessions } from './access/sessions.ts'
import { followTls, readTls, type TlsFiles } from './access/tls.ts'
import { type AccessTokens, Tokens } from './access/tokens.ts'
import type { ConsoleLimits } from './console/console-limits.ts'
import { EventStream } from './event-stream.ts'
import type { JobView } from './job-view.ts'
import { PROMETHEUS_CONTENT_TYPE, prometheusText } from './prometheus-text.ts'
import { addHealthRoutes } from './routes/health.ts'
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
  readonly tokens?: AccessTokens
  /** Serves HTTPS. Files that change are read again. */
  readonly tls?: TlsFiles
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
  const { port, host = '127.0.0.1', tls } = options
  const tokens = new Tokens(options.tokens)
  if (!tokens.areNeeded && !isLoopback(host)) throw new TokenMissingError({ host })
  const rules: AccessRules = {
    hosts: new Set([...LOOPBACK_NAMES, urlHost(host), ...(options.hostNames ?? [])]),
    tokens,
    sessions: new Sessions(tls !== undefined),
    headers: headersOf(tls !== undefined && !isLoopback(host)),
  }
  const app = createApp(tls)
  await app.register(rateLimit, RATE)
  const history = new StatusHistory()
  const events = new EventStream(job, history)
  guard(app, rules)
  addAccessRoutes(app, rules)
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
  const unfollow = tls && followTls(app.server as unknown as HttpsServer, tls)
  return {
    url: `${tls ? 'https' : 'http'}://${urlHost(host)}:${bound}`,
    port: bound,
    async close() {
      unfollow?.()
      events.close()
      await app.close()
    },
  }
}

/** Limits on what one who asks may make the server hold: bytes of a request, time to send it, requests. */
const LIMITS = { bodyLimit: 64 * 1024, requestTimeout: 10_000, keepAliveTimeout: 30_000 }
const RATE = { max: 600, timeWindow: 10_000 }

function createApp(tls: TlsFiles | undefined): FastifyInstance {
  const options = { logger: false, forceCloseConnections: true, ...LIMITS }
  if (!tls) return Fastify(options)
  const https = { ...readTls(tls), minVersion: 'TLSv1.2' as const }
  return Fastify({ ...options, https }) as unknown as FastifyInstance
}

/** @param isPinned browsers are to come back by TLS only; not for `localhost`, where other programs of the machine have ports too */
const headersOf = (isPinned: boolean): Readonly<Record<string, string>> => ({
  ...SECURITY_HEADERS,
  ...(isPinned && { 'strict-transport-security': 'max-age=31536000' }),
})

const READ = { config: { role: 'read' } } as const
const OPEN = { config: { role: 'none' } } as const

function addApi(app: FastifyInstance, job: JobView, history: StatusHistory, events: EventStream) {
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
  addHealthRoutes(app, job)
  app.get('/api/status', READ, async () => ({ name: job.name, ...job.status() }))
  addPlanRoutes(app, job)
  app.get('/api/board', READ, async () => ({ board: job.board() ?? null }))
  app.get('/api/history', READ, async () => ({ samples: history.samples }))
  app.get('/api/tables', READ, async () => ({ tables: job.tables() }))
  app.get<{ Params: { name: string }; Querystring: { limit: number } }>(
    '/api/tables/:name',
    { ...READ, schema: { querystring: range(100) } },
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
    { ...READ, schema: { querystring: range(50) } },
    async ({ query }) => ({
      total: job.status().deadLettered,
      deadLetters: await job.deadLetters(query),
    }),
  )
  app.get('/api/events', READ, (_request, reply) => {
    if (events.isFull) {
      reply.code(503).send({ error: 'Too many pages are open.' })
      return
    }
    const headers = reply.getHeaders() as Record<string, string>
    reply.hijack()
    reply.raw.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    })
    events.add(reply.raw)
  })
  app.get('/metrics', READ, async (_request, reply) =>
    reply.type(PROMETHEUS_CONTENT_TYPE).send(prometheusText(job.metrics())),
  )
}

// The same place from src/ and from dist/.
const PAGE = fileURLToPath(new URL('../dist/page', import.meta.url))

function addPage(app: FastifyInstance): void {
  if (existsSync(`${PAGE}/index.html`)) {
    // The page tells nothing of the job: what it shows it asks for.
    app.register(async page => {
      page.addHook('onRoute', route => {
        route.config = { ...route.config, role: 'none' }
      })
      await page.register(fastifyStatic, { root: PAGE, cacheControl: false })
    })
    return
  }
  app.get('/', OPEN, async (_request, reply) =>
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
