// Errors of state backends.

import { MillraceError } from '../types/errors.ts'

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))

/** Another process holds the state folder. */
export class StateLockedError extends MillraceError {
  constructor(facts: { folder: string; pid: number | undefined; cause?: unknown }) {
    const owner = facts.pid === undefined ? 'another process' : `process ${facts.pid}`
    super('MR_STATE_LOCKED', `The state in "${facts.folder}" is in use by ${owner}.`, {
      retry: 'backoff',
      remedy: 'Stop that process, or give this program a state folder of its own.',
      cause: facts.cause,
    })
  }
}

/** Stored bytes are not what was written. */
export class StateCorruptError extends MillraceError {
  constructor(facts: { file: string; offset: number; reason: string; cause?: unknown }) {
    super(
      'MR_STATE_CORRUPT',
      `The state file "${facts.file}" is damaged at offset ${facts.offset}: ${facts.reason}.`,
      {
        domain: 'external',
        retry: 'reset-state',
        remedy:
          'Check the disk, then restore the folder from a snapshot or start with empty state.',
        cause: facts.cause,
      },
    )
  }
}

/** The state was written by another program or in another format. */
export class StateIncompatibleError extends MillraceError {
  constructor(facts: { folder: string; what: string; stored: string; expected: string }) {
    super(
      'MR_STATE_INCOMPATIBLE',
      `The state in "${facts.folder}" has ${facts.what} "${facts.stored}", this program has "${facts.expected}".`,
      {
        retry: 'reset-state',
        remedy: 'Use another state folder, or the program and version that wrote this one.',
      },
    )
  }
}

/** The disk refused. */
export class StateIoError extends MillraceError {
  constructor(facts: { path: string; action: string; cause: unknown }) {
    super('MR_STATE_IO', `Cannot ${facts.action} "${facts.path}": ${messageOf(facts.cause)}.`, {
      domain: 'external',
      remedy: 'Check that the folder exists, is writable, and that its disk has space.',
      cause: facts.cause,
    })
  }
}

/** An earlier write failed: what is on disk is no longer known, so nothing more is accepted. */
export class StatePoisonedError extends MillraceError {
  constructor(facts: { folder: string; cause: unknown }) {
    super(
      'MR_STATE_POISONED',
      `The state in "${facts.folder}" stopped after a disk error: ${messageOf(facts.cause)}.`,
      {
        domain: 'external',
        remedy:
          'Repair the disk or free space, then start the program again: it goes on from the last commit.',
        cause: facts.cause,
      },
    )
  }
}
