// Who may ask: the right host name (against DNS rebinding), the same origin, and a token on addresses that others can reach.

import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

export interface AccessRules {
  /** Host names under which the server is addressed. */
  readonly hosts: ReadonlySet<string>
  readonly token?: string | undefined
}

const COOKIE = 'millrace_token'

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

/** Answers a request that may not pass; `true` when it did. */
export function refuse(request: FastifyRequest, reply: FastifyReply, rules: AccessRules): boolean {
  const { host = '', origin } = request.headers
  if (!rules.hosts.has(hostName(host))) {
    reply.code(421).send({ error: 'This server is not known by that host name.' })
    return true
  }
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    reply.code(403).send({ error: 'Requests of other origins are refused.' })
    return true
  }
  return rules.token === undefined ? false : refuseWithoutToken(request, reply, rules.token)
}

// The page is opened as /?token=…; from then on a cookie that scripts cannot read carries it.
function refuseWithoutToken(request: FastifyRequest, reply: FastifyReply, token: string): boolean {
  const { searchParams, pathname } = new URL(request.url, 'http://localhost')
  const given = searchParams.get('token')
  if (given !== null && pathname === '/' && isSame(given, token)) {
    const cookie = `${COOKIE}=${encodeURIComponent(token)}; HttpOnly; SameSite=Strict; Path=/`
    reply.header('set-cookie', cookie).redirect('/', 303)
    return true
  }
  const { authorization = '', cookie = '' } = request.headers
  const bearer = /^Bearer (.+)$/i.exec(authorization)?.[1]
  const kept = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]*)`).exec(cookie)?.[1]
  if (isSame(bearer ?? decode(kept ?? ''), token)) return false
  reply.code(401).header('www-authenticate', 'Bearer').send({ error: 'A token is needed.' })
  return true
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

// Hashed first: the comparison takes the same time whatever the lengths.
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

const hostName = (host: string): string => host.replace(/:\d+$/, '').toLowerCase()
