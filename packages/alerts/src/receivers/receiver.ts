// What takes notifications: one attempt at a time. Repeating, waiting and giving up is the delivery's.

import type { Notification } from '../alert.ts'

export type Attempt =
  | { readonly outcome: 'delivered' }
  | {
      readonly outcome: 'failed'
      /** A clause that names neither secrets nor addresses that may be some: `it answered 503`. */
      readonly reason: string
      /** It refuses this very notification: to try again cannot help. */
      readonly isFinal?: boolean
      /** It asked to be left alone for so long. */
      readonly retryAfterMs?: number
    }

export interface Receiver {
  /** `webhook`, `email` or `console`: part of idempotency keys. */
  readonly name: string
  /** Attempts at different notifications that may be under way at once. */
  readonly concurrency: number
  /** Rejects for nothing that the receiver does; `signal` ends the attempt. */
  attempt(notification: Notification, signal: AbortSignal): Promise<Attempt>
  close(): void
}

const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection was closed',
  ECONNECTION: 'the connection was lost',
  ESOCKET: 'the connection failed',
  ENOTFOUND: 'its host name is unknown',
  EDNS: 'its host name is unknown',
  ETIMEDOUT: 'it did not answer in time',
  EAUTH: 'it did not accept user and password',
  ETLS: 'a secure connection was not possible',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
}

/** What a failed attempt says of its error: by code alone, as messages of others may hold what was sent. */
export function reasonOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException
    // Mail's errors have one code for all that a socket may say.
    if (code === 'ESOCKET' && /certificate/i.test(at.message))
      return 'its certificate is not trusted'
    const cause = code === undefined ? undefined : CAUSES[code]
    if (cause !== undefined) return cause
  }
  const code = (error as NodeJS.ErrnoException).code
  return code === undefined ? 'it could not be reached' : `it could not be reached (${code})`
}
