// The bad-record policy: what becomes of a record that cannot be decoded, or on which an expression or a user function fails.

import type { ExecNode } from '../compiler/exec-node.ts'
import type { DeadLetters } from '../runtime/dead-letters.ts'
import type { SplitState } from '../runtime/split-state.ts'
import { MillraceError } from '../types/errors.ts'
import type { Row } from '../types/value.ts'
import { overlongProblem } from './formats/text/overlong-record.ts'

/** `fail` ends the run, `skip` counts, `dead-letter` keeps the record with place and reason. */
export type BadRecordPolicy = 'fail' | 'skip' | 'dead-letter'

/** A source's own policy, else the program's, which is that of other operators too. */
export function policyOf(
  id: string,
  sources: readonly ExecNode[],
  byDefault: BadRecordPolicy,
): BadRecordPolicy {
  const node = sources.find(n => n.id === id)
  const own = node?.kind === 'source' ? node.table.options.get('bad-records') : undefined
  return (own as BadRecordPolicy | undefined) ?? byDefault
}

/** A record that could not be decoded, under the policy `fail`. */
export class MalformedRecordError extends MillraceError {
  constructor(facts: {
    readonly source: string
    readonly split: string
    readonly place: string
    readonly reason: string
    /** Its beginning. */
    readonly record: string
  }) {
    const place = facts.place === '' ? facts.split : `${facts.split}, ${facts.place}`
    const reason = /[.?!…]$/.test(facts.reason) ? facts.reason : `${facts.reason}.`
    super(
      'MR_DATA_MALFORMED',
      `A record of ${facts.source} cannot be read (${place}): ${reason} It begins: ${facts.record}`,
      {
        remedy:
          "Mend the record, or let such records go to the dead letters with 'bad-records' = 'dead-letter'.",
      },
    )
  }
}

/** A record that was too long to be held, under the policy `fail`. */
export class RecordTooLargeError extends MillraceError {
  constructor(facts: { readonly source: string; readonly problem: string }) {
    super('MR_DATA_MALFORMED', `A record of ${facts.source} cannot be read: ${facts.problem}.`, {
      remedy:
        "Raise the table's 'source.max-record-bytes', mend the file, or let such records go to the dead letters with 'bad-records' = 'dead-letter'.",
    })
  }
}

export class BadRecords {
  /** By source id: the table's own option, else the program's. */
  readonly #policyOf: (sourceId: string) => BadRecordPolicy
  readonly #letters: DeadLetters
  readonly #nowMs: () => number
  /** Where an offset of the batch at hand (bytes, rows or frames) lies in its split, for messages. */
  readonly #place: (split: SplitState, offset: number) => string
  readonly #nameOf: (operatorId: string) => string
  skipped = 0

  constructor(
    policyOf: (sourceId: string) => BadRecordPolicy,
    letters: DeadLetters,
    nowMs: () => number,
    place: (split: SplitState, offset: number) => string,
    /** What people know an operator by. */
    nameOf: (operatorId: string) => string,
  ) {
    this.#policyOf = policyOf
    this.#letters = letters
    this.#nowMs = nowMs
    this.#place = place
    this.#nameOf = nameOf
  }

  readonly malformed = (
    split: SplitState,
    bytes: Uint8Array,
    start: number,
    end: number,
    reason: string,
    index = start,
  ): void => {
    split.failed++
    const record = start < 0 ? new Uint8Array() : bytes.subarray(start, end)
    const overlong = overlongProblem(bytes, start, end)
    // Of a record that was dropped unread the reason tells the place.
    const place = overlong === undefined ? this.#place(split, index) : ''
    if (this.#policyOf(split.sourceId) === 'fail') {
      const source = this.#nameOf(split.sourceId)
      if (overlong !== undefined) throw new RecordTooLargeError({ source, problem: overlong })
      const { label } = split
      throw new MalformedRecordError({
        source,
        split: label,
        place,
        reason,
        record: beginning(record),
      })
    }
    this.#put(split.sourceId, split.label, place, reason, record.slice(), '')
  }

  readonly recordFailed = (
    split: SplitState,
    bytes: Uint8Array | undefined,
    start: number,
    end: number,
    error: unknown,
    row: Row | undefined,
    index = start,
  ): void => {
    const place = this.#place(split, index)
    const record = bytes && start >= 0 ? bytes.slice(start, end) : new Uint8Array()
    const reason = this.#reasonOf(split.sourceId, error, () => {
      const text = bytes ? beginning(record) : row ? rowText(row) : ''
      return `a record of ${this.#nameOf(split.sourceId)} (${split.label}, ${place}): ${text}`
    })
    split.failed++
    this.#put(split.sourceId, split.label, place, reason, record, row ? rowText(row) : '')
  }

  readonly rowFailed = (nodeId: string, error: unknown, row: Row): void => {
    const text = rowText(row)
    const reason = this.#reasonOf(nodeId, error, () => `a row of ${this.#nameOf(nodeId)}: ${text}`)
    this.#put(nodeId, '', '', reason, new Uint8Array(), text)
  }

  /** Only errors that concern one record (of expressions, user functions) are survived, and only when the policy is not to fail. */
  #reasonOf(operator: string, error: unknown, data: () => string): string {
    if (!(error instanceof MillraceError) || error.code !== 'MR_DATA_EVALUATION') throw error
    if (this.#policyOf(operator) === 'fail') throw error.showData(data())
    return error.message
  }

  #put(
    operator: string,
    split: string,
    position: string,
    reason: string,
    bytes: Uint8Array,
    row: string,
  ): void {
    if (this.#policyOf(operator) === 'skip') this.skipped++
    else this.#letters.add({ atMs: this.#nowMs(), operator, split, position, reason, bytes, row })
  }
}

function beginning(record: Uint8Array): string {
  const text = new TextDecoder().decode(record.subarray(0, 120))
  return JSON.stringify(record.length > 120 ? `${text}…` : text)
}

function rowText(row: Row): string {
  return `[${row.map(v => (typeof v === 'string' ? JSON.stringify(v) : String(v))).join(', ')}]`
}
