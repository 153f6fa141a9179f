// The base of every error that Millrace raises: facts in, a sentence out, classed by who must act.

import type { ErrorCode } from './error-codes.ts'

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
  readonly at: SourceSpan | undefined
  readonly remedy: string | undefined

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = new.target.name
    this.code = code
    this.domain = facts.domain ?? 'user'
    this.retry = facts.retry ?? 'never'
    this.at = facts.at
    this.remedy = facts.remedy
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
