// What is wrong when a connection fails: nobody is there now, or one side does not trust the other, which no retry mends.

import { AuthenticationError, type SASLOptions } from '@platformatic/kafka'
import { KafkaSecurityError, KafkaUnreachableError, TokenError } from '../kafka-errors.ts'

/** Codes of Node and OpenSSL for certificates and handshakes that are refused; not those of broken connections. */
const REFUSED_TLS =
  /^(ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO$)/

/** How deep causes are looked at. */
const MAX_DEPTH = 8

/** The error of brokers that were not reached, for the cause that the connection gave. */
export function connectionError(
  brokers: readonly string[],
  cause: unknown,
): KafkaSecurityError | KafkaUnreachableError | TokenError {
  if (cause instanceof KafkaSecurityError) return cause
  const causes = causesOf(cause)
  const withoutToken = causes.find(error => error instanceof TokenError)
  if (withoutToken) return withoutToken
  const refusal = causes.find(isRefusal)
  return refusal
    ? new KafkaSecurityError({ brokers, cause: refusal })
    : new KafkaUnreachableError({ brokers, cause })
}

/**
 * The options with a check of the broker's answer to a token. It refuses one not by an error code but in the bytes of its answer (RFC 7628);
 * taken for a success, the connection would answer every request with nothing.
 */
export function withTokenCheck(sasl: SASLOptions): SASLOptions {
  if (sasl.mechanism !== 'OAUTHBEARER') return sasl
  return {
    ...sasl,
    authBytesValidator(bytes, callback) {
      const answer = bytes?.toString() ?? ''
      if (answer === '') callback(null, bytes)
      else callback(new AuthenticationError(`the token is refused: ${answer}`))
    },
  }
}

function isRefusal(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException
  return error instanceof AuthenticationError || (code !== undefined && REFUSED_TLS.test(code))
}

/** An error and its causes, the deepest first. */
function causesOf(error: unknown, depth = 0): Error[] {
  if (!(error instanceof Error) || depth > MAX_DEPTH) return []
  const inner = error instanceof AggregateError ? (error.errors as unknown[]) : [error.cause]
  return [...inner.flatMap(cause => causesOf(cause, depth + 1)), error]
}

/** What codecs throw on bytes that are no answer; lost connections have errors of their own. */
export function isUnreadable(error: unknown): error is Error {
  if (error instanceof RangeError || error instanceof TypeError) return true
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'OUT_OF_BOUNDS'
}
