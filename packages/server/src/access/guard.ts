// Who may ask: the right host name (against DNS rebinding), the same origin (against CSRF), and the role that the route needs.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayDo, type Role } from './roles.ts'
import type { Sessions } from './sessions.ts'
import type { Tokens } from './tokens.ts'

export interface AccessRules {
  /** Host names under which the server is addressed. */
  readonly hosts: ReadonlySet<string>
  readonly tokens: Tokens
  readonly sessions: Sessions
  /** Said with every answer. */
  readonly headers: Readonly<Record<string, string>>
}

/** What every answer says: no other origin may load, frame or sniff it; the page loads only from here. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** Requests of other sites, as browsers mark them; following a link to the page is none. */
const FOREIGN = new Set(['cross-site', 'same-site'])

/** Lets no request through that may not pass. */
export function guard(app: FastifyInstance, rules: AccessRules): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(rules.headers)
    const refused = refusalOf(request, rules)
    if (!refused) return
    if (refused.code === 401) reply.header('www-authenticate', 'Bearer')
    return reply.code(refused.code).send({ error: refused.error })
  })
}

interface Refusal {
  readonly code: number
  readonly error: string
}

function refusalOf(request: FastifyRequest, rules: AccessRules): Refusal | undefined {
  const { host = '', origin, 'sec-fetch-site': site = '', 'sec-fetch-mode': mode } = request.headers
  if (!rules.hosts.has(hostName(host)))
    return { code: 421, error: 'This server is not known by that host name.' }
  const isForeign =
    (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) ||
    (FOREIGN.has(String(site)) && mode !== 'navigate')
  if (isForeign) return { code: 403, error: 'Requests of other origins are refused.' }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    if (request.method !== 'POST')
      return { code: 405, error: `${request.method} is not answered here.` }
    // Forms of other sites cannot send it, even where a browser tells no origin.
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
      return { code: 415, error: 'Send JSON, and say so: content-type: application/json.' }
  }
  const needed = request.routeOptions.config.role ?? 'operate'
  const role = roleOf(request, rules)
  if (mayDo(role, needed)) return undefined
  return role === undefined
    ? { code: 401, error: 'A token is needed.' }
    : { code: 403, error: 'This token may only read.' }
}

/** What the one who asks may do; undefined: nothing. */
export function roleOf(
  request: FastifyRequest,
  { tokens, sessions }: AccessRules,
): Role | undefined {
  if (!tokens.areNeeded) return 'operate'
  const { authorization, cookie } = request.headers
  const bearer = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
  return bearer === undefined ? sessions.roleOf(cookie, Date.now()) : tokens.roleOf(bearer)
}

/** Signing in and out, and who one is. */
export function addAccessRoutes(app: FastifyInstance, rules: AccessRules): void {
  const { tokens, sessions } = rules
  app.get('/api/access', { config: { role: 'none' } }, async request => ({
    role: roleOf(request, rules) ?? null,
    needsToken: tokens.areNeeded,
  }))
  app.post<{ Body: { token: string } }>(
    '/api/login',
    { config: { role: 'none', rateLimit: LOGINS }, schema: { body: LOGIN } },
    async ({ body }, reply: FastifyReply) => {
      const role = tokens.roleOf(body.token)
      if (!role) return reply.code(401).send({ error: 'This token is not known.' })
      reply.header('set-cookie', sessions.begin(role, Date.now()))
      return { role }
    },
  )
  app.post('/api/logout', { config: { role: 'none' } }, async (request, reply) => {
    reply.header('set-cookie', sessions.end(request.headers.cookie))
    return { role: null }
  })
}

/** Guessing is slow. */
const LOGINS = { max: 10, timeWindow: 60_000 }

const LOGIN = {
  type: 'object',
  required: ['token'],
  properties: { token: { type: 'string', maxLength: 1_000 } },
}

const hostName = (host: string): string => host.replace(/:\d+$/, '').toLowerCase()
