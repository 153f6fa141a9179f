// Browsers that have shown a token: each is known by a cookie that says nothing, and forgotten after a day.

import { createHash, randomBytes } from 'node:crypto'
import type { Role } from './roles.ts'

const LIFE_MS = 24 * 60 * 60_000
const MOST = 1_000
const COOKIE = 'millrace_session'

interface Session {
  readonly role: Role
  readonly endsAtMs: number
}

export class Sessions {
  /** By the digest of the cookie's value. */
  readonly #sessions = new Map<string, Session>()
  readonly #isSecure: boolean

  /** @param isSecure cookies travel by TLS alone */
  constructor(isSecure: boolean) {
    this.#isSecure = isSecure
  }

  /** Begins a session; gives the cookie to be set. */
  begin(role: Role, nowMs: number): string {
    const id = randomBytes(32).toString('base64url')
    const oldest = this.#sessions.size >= MOST ? this.#sessions.keys().next().value : undefined
    if (oldest !== undefined) this.#sessions.delete(oldest)
    this.#sessions.set(keyOf(id), { role, endsAtMs: nowMs + LIFE_MS })
    return this.#cookie(id, LIFE_MS / 1_000)
  }

  /** Ends the session of a request; gives the cookie to be set. */
  end(cookies: string | undefined): string {
    this.#sessions.delete(keyOf(valueIn(cookies)))
    return this.#cookie('', 0)
  }

  roleOf(cookies: string | undefined, nowMs: number): Role | undefined {
    const session = this.#sessions.get(keyOf(valueIn(cookies)))
    return session && session.endsAtMs > nowMs ? session.role : undefined
  }

  #cookie(value: string, maxAgeSeconds: number): string {
    const secure = this.#isSecure ? '; Secure' : ''
    return `${COOKIE}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${maxAgeSeconds}${secure}`
  }
}

const keyOf = (id: string): string => createHash('sha256').update(id).digest('base64')

function valueIn(cookies = ''): string {
  const parts = cookies.split(';').map(part => part.trim())
  return parts.find(part => part.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? ''
}
