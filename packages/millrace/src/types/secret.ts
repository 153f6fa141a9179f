// Texts that are never printed: passwords, keys, tokens.

import { MillraceError } from './errors.ts'

/** What stands for a secret wherever it is printed. */
export const MASK = '***'

/** A secret has no text, as when the environment lacks its variable. */
class EmptySecretError extends MillraceError {
  constructor() {
    super('MR_OPTION_MISSING', 'A secret is undefined or empty.', {
      remedy: 'Set the environment variable, or whatever it is read from.',
    })
  }
}

/** A text that prints as `***`: in messages, plans, logs, JSON. Only what connects to another system reveals it. */
export class Secret {
  readonly #text: string
  /** What is printed in its place; a text of which parts are secret masks these alone. */
  readonly shown: string

  constructor(text: string, shown: string = MASK) {
    this.#text = text
    this.shown = shown
    Object.freeze(this)
  }

  /** The text itself. */
  reveal(): string {
    return this.#text
  }

  toString(): string {
    return this.shown
  }

  toJSON(): string {
    return this.shown
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.shown
  }
}

/**
 * A password, key or token for a connection: `secret(process.env.KAFKA_PASSWORD)`.
 *
 * @throws {EmptySecretError} `MR_OPTION_MISSING` when there is none
 */
export function secret(text: string | undefined): Secret {
  if (text === undefined || text === '') throw new EmptySecretError()
  return new Secret(text)
}
