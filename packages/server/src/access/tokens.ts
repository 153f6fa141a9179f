// The tokens by which people and programs are known.

import { createHash, timingSafeEqual } from 'node:crypto'
import { MillraceError } from 'millrace'
import type { Role } from './roles.ts'

/** Secrets of at least 16 characters, different ones. */
export interface AccessTokens {
  /** Who has it may look at everything. */
  readonly read?: string
  /** Who has it may change things too. */
  readonly operate?: string
}

const LEAST_LENGTH = 16

/** A token is too easy to guess, or stands for two roles. */
export class WeakTokenError extends MillraceError {
  constructor(facts: { readonly role: Role; readonly reason: string }) {
    super('MR_OPTION_INVALID', `The token to ${facts.role} ${facts.reason}.`, {
      remedy: `Make one of at least ${LEAST_LENGTH} characters: openssl rand -hex 24`,
    })
  }
}

export class Tokens {
  readonly #digests: readonly (readonly [Role, Buffer])[]

  /** @throws {WeakTokenError} `MR_OPTION_INVALID` */
  constructor({ read, operate }: AccessTokens = {}) {
    if (read !== undefined && read === operate)
      throw new WeakTokenError({ role: 'read', reason: 'is the one to operate too' })
    const given = [['read', read] as const, ['operate', operate] as const]
    this.#digests = given.flatMap(([role, token]) => {
      if (token === undefined) return []
      if (token.length < LEAST_LENGTH)
        throw new WeakTokenError({ role, reason: `has only ${token.length} characters` })
      return [[role, digestOf(token)] as const]
    })
  }

  /** Without any, everyone who can reach the server may do everything. */
  get areNeeded(): boolean {
    return this.#digests.length > 0
  }

  /** Takes the same time whatever the token. */
  roleOf(token: string): Role | undefined {
    const given = digestOf(token)
    let found: Role | undefined
    for (const [role, digest] of this.#digests) if (timingSafeEqual(given, digest)) found = role
    return found
  }
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()
