// What can go wrong with a warehouse file, as errors that say what to do.

import { MillraceError } from 'millrace'

/** Another process has the file: DuckDB gives a file to one process at a time. */
export class WarehouseLockedError extends MillraceError {
  constructor(facts: { path: string; pid: number | undefined; cause: unknown }) {
    const holder = facts.pid === undefined ? 'another process' : `process ${facts.pid}`
    super('MR_SINK_FAILED', `The warehouse ${facts.path} is in use by ${holder}.`, {
      domain: 'external',
      retry: 'backoff',
      remedy:
        'Stop the other process, or read the warehouse through the running job; then start again.',
      cause: facts.cause,
    })
  }
}

/** The file cannot be opened: its folder is missing or not writable, or it is no DuckDB database. */
export class WarehouseOpenError extends MillraceError {
  constructor(facts: { path: string; cause: unknown }) {
    super(
      'MR_SINK_FAILED',
      `The warehouse ${facts.path} cannot be opened: ${reasonOf(facts.cause)}`,
      {
        domain: 'external',
        remedy: 'Check that the folder exists and is writable, and that the file is a DuckDB file.',
        cause: facts.cause,
      },
    )
  }
}

/** Rows could not be written. They stay in the job's state and are written by its next start. */
export class WarehouseWriteError extends MillraceError {
  constructor(facts: { path: string; table: string; cause: unknown }) {
    const reason = reasonOf(facts.cause)
    super('MR_SINK_FAILED', `Table "${facts.table}" of ${facts.path} was not written: ${reason}`, {
      domain: 'external',
      retry: 'backoff',
      remedy: isOutOfSpace(reason)
        ? 'Free space on the disk and start again: no row is lost, they are in the state.'
        : 'Remove the cause and start again: no row is lost, they are in the state.',
      cause: facts.cause,
    })
  }
}

/** The table exists with other columns. */
export class WarehouseSchemaError extends MillraceError {
  constructor(facts: { path: string; table: string; column: string; problem: string }) {
    super(
      'MR_SINK_FAILED',
      `Table "${facts.table}" of ${facts.path} does not fit: column "${facts.column}" ${facts.problem}.`,
      { remedy: 'Rename or drop the existing table, or change the declared columns to match it.' },
    )
  }
}

/** DuckDB has no type that holds the column's values exactly. */
export class WarehouseTypeError extends MillraceError {
  constructor(facts: { table: string; column: string; type: string; remedy: string }) {
    super(
      'MR_SINK_FAILED',
      `Column "${facts.column}" of table "${facts.table}" is ${facts.type}, which DuckDB cannot hold.`,
      { remedy: facts.remedy },
    )
  }
}

/** The warehouse lacks rows that the state says were written: the file was deleted or replaced by an older one. */
export class WarehouseBehindError extends MillraceError {
  constructor(facts: { path: string; table: string; applied: number; found: number | undefined }) {
    const holds = facts.found === undefined ? 'none of it' : `only epoch ${facts.found}`
    super(
      'MR_SINK_FAILED',
      `Table "${facts.table}" was written up to epoch ${facts.applied}, but ${facts.path} holds ${holds}.`,
      {
        retry: 'reset-state',
        remedy:
          'Restore the warehouse file that belongs to this state, or start over with neither.',
      },
    )
  }
}

/** Turns DuckDB's refusal to open a file into one of ours. */
export function openingError(path: string, cause: unknown): MillraceError {
  const text = reasonOf(cause)
  if (!/conflicting lock|could not set lock|used by another process/i.test(text)) {
    return new WarehouseOpenError({ path, cause })
  }
  const pid = /PID (\d+)/.exec(text)?.[1]
  return new WarehouseLockedError({ path, pid: pid === undefined ? undefined : Number(pid), cause })
}

const isOutOfSpace = (text: string): boolean => /no space left|disk full|ENOSPC/i.test(text)

function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  return (text.split('\n')[0] ?? text).trim()
}
