// The base of every error that Millrace raises: facts in, a sentence out, classed by who must act.

import type { ErrorCode } from './error-codes.ts'
import { excerpt } from './text/excerpt.ts'

/** Who must act: the user (program, data, configuration), the outside (disk, network, another system), or Millrace's authors. */
export type ErrorDomain = 'user' | 'external' | 'internal'

/** Whether trying again can help: never, after a pause, or only with the state reset. */
export type ErrorRetry = 'never' | 'backoff' | 'reset-state'

/** A half-open range `[start, end)` of UTF-16 offsets into a source text; `line` and `column` are those of `start`, from 1. */
export interface SourceSpan {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly column: number
}

export interface ErrorFacts {
  readonly domain?: ErrorDomain
  readonly retry?: ErrorRetry
  /** Where in the SQL text, when the error has a place there. */
  readonly at?: SourceSpan | undefined
  /** What to do about it: one imperative sentence. */
  readonly remedy?: string | undefined
  readonly cause?: unknown
}

/**
 * The base class of all errors of Millrace.
 *
 * `message` is one sentence with the facts (and the place, as `line:column`, when `at` is given); `remedy` says what to do.
 * Subclasses take facts and build the sentence; nobody throws a bare `Error`.
 */
export class MillraceError extends Error {
  readonly code: ErrorCode
  readonly domain: ErrorDomain
  readonly retry: ErrorRetry
  readonly remedy: string | undefined
  #at: SourceSpan | undefined
  #isPlaceShown = false
  #isDataShown = false

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = new.target.name
    this.code = code
    this.domain = facts.domain ?? 'user'
    this.retry = facts.retry ?? 'never'
    this.#at = facts.at
    this.remedy = facts.remedy
  }

  /** Where in the SQL text it arose. */
  get at(): SourceSpan | undefined {
    return this.#at
  }

  /** Gives a place to an error that knows none. */
  locate(at: SourceSpan): this {
    this.#at ??= at
    return this
  }

  /** Adds the data that it arose on, such as a record and where it was read. Only the first call does. */
  showData(data: string): this {
    if (this.#isDataShown) return this
    this.#isDataShown = true
    this.message = `${this.message}\nIt arose on ${data}`
    return this
  }

  /**
   * Adds the place to the message: `line:column` where it does not say it already, the line and a mark. Only the first call does.
   *
   * @param otherwise the place of an error that knows none
   */
  showPlace(text: string, otherwise?: SourceSpan): this {
    this.#at ??= otherwise
    const at = this.#at
    if (!at || this.#isPlaceShown) return this
    this.#isPlaceShown = true
    const place = `${at.line}:${at.column}`
    const isSaid = this.message.includes(place)
    if (!this.message.includes('\n'))
      this.message = `${this.message}${isSaid ? '' : ` (at ${place})`}\n${excerpt(text, at)}`
    return this
  }
}

/** A state of the program that its authors hold to be impossible. */
export class InternalError extends MillraceError {
  constructor(message: string, facts: ErrorFacts = {}) {
    super('MR_INTERNAL', message, { ...facts, domain: 'internal' })
  }
}

/** Ends a `switch` over a closed union: does not compile while a case is missing. */
export function assertNever(value: never): never {
  throw new InternalError(`unexpected value ${JSON.stringify(value)}`)
}
