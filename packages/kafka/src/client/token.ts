// Tokens for OAUTHBEARER: one is used for as long as it is good for a while, then another is asked for, once for all who wait.

import { TokenError } from '../kafka-errors.ts'

/** A token whose end is not written in it. */
export interface Token {
  readonly token: string
  /** Epoch ms. */
  readonly expiresAtMs: number
}

/** Gives a token: a text, whose end is read from it where it is a JSON web token, or one with its end. */
export type TokenProvider = () => string | Token | Promise<string | Token>

/** A token is replaced when this part of its life is left: connections say who they are again at four fifths of theirs. */
const LEFT_TO_REPLACE = 0.25

interface HeldToken {
  readonly text: string
  readonly replaceAtMs: number
  readonly expiresAtMs: number
}

/**
 * Asks `provider` before a token expires, and not oftener; of tokens whose end is not known, each time. Where none is given, the last
 * one is used to its end.
 *
 * @throws {TokenError} when there is none
 */
export function freshTokens(
  provider: TokenProvider,
  now: () => number = Date.now,
): () => Promise<string> {
  let held: HeldToken | undefined
  let asking: Promise<string> | undefined
  const ask = async (): Promise<string> => {
    try {
      held = heldToken(await provider(), now())
      return held.text
    } catch (cause) {
      if (held && now() < held.expiresAtMs) return held.text
      throw cause instanceof TokenError ? cause : new TokenError({ from: 'the program', cause })
    } finally {
      asking = undefined
    }
  }
  return async () => {
    if (held && now() < held.replaceAtMs) return held.text
    asking ??= ask()
    return asking
  }
}

function heldToken(given: string | Token, nowMs: number): HeldToken {
  const text = typeof given === 'string' ? given : given.token
  if (typeof text !== 'string' || text === '') throw new Error('what it gives is no token')
  const expiresAtMs = typeof given === 'string' ? endOf(text) : given.expiresAtMs
  const replaceAtMs = expiresAtMs - (expiresAtMs - nowMs) * LEFT_TO_REPLACE
  return { text, expiresAtMs, replaceAtMs }
}

/** When a JSON web token ends; 0 where it does not say. */
function endOf(token: string): number {
  const [, claims] = token.split('.')
  try {
    const { exp } = JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()) as {
      exp?: unknown
    }
    return typeof exp === 'number' ? exp * 1000 : 0
  } catch {
    return 0
  }
}
