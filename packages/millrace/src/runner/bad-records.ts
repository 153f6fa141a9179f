// The bad-record policy: what becomes of a record that cannot be decoded, or on which an expression or a user function fails.

import type { ExecNode } from '../compiler/exec-node.ts'
import { type DeadLetter, LETTER_TOPIC, type RecordOrigin } from '../connector/dead-letter.ts'
import type { DeadLetters } from '../runtime/dead-letters.ts'
import type { SplitState } from '../runtime/split-state.ts'
import { EvaluationError } from '../functions/evaluation-error.ts'
import { MillraceError } from '../types/errors.ts'
import type { Row } from '../types/value.ts'
import type { RowFailure } from './parallel/worker-protocol.ts'
import { overlongProblem } from './formats/text/overlong-record.ts'

/** `fail` ends the run, `skip` counts, `dead-letter` keeps the record with place and reason. */
export type BadRecordPolicy = 'fail' | 'skip' | 'dead-letter'

/** A source's own policy, else the program's, which is that of other operators too. Who names a topic for letters wants them there. */
export function policyOf(
  id: string,
  sources: readonly ExecNode[],
  {
    badRecords,
    writesLetters,
  }: { readonly badRecords: BadRecordPolicy; readonly writesLetters: boolean },
): BadRecordPolicy {
  const node = sources.find(n => n.id === id)
  const options = node?.kind === 'source' ? node.table.options : undefined
  const own = options?.get('bad-records') as BadRecordPolicy | undefined
  const implied = writesLetters && options?.has(LETTER_TOPIC) ? 'dead-letter' : badRecords
  return own ?? implied
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

export interface BadRecordsSettings {
  /** By source id: the table's own option, else the program's. */
  readonly policyOf: (sourceId: string) => BadRecordPolicy
  readonly letters: DeadLetters
  readonly nowMs: () => number
  /** The epoch that is being processed. */
  readonly epoch: () => number
  /** Where an offset of the batch at hand (bytes, rows or frames) lies in its split, for messages. */
  readonly place: (split: SplitState, offset: number) => string
  /** Of a record of a log, by its index in the batch at hand, all that came with it. */
  readonly origin: (split: SplitState, index: number) => RecordOrigin | undefined
  /** What people know an operator by. */
  readonly nameOf: (operatorId: string) => string
}

/** What is known of a record, and why it could not be processed. */
type Reported = Omit<DeadLetter, 'sequence' | 'atMs' | 'epoch' | 'operatorName'>

export class BadRecords {
  readonly #settings: BadRecordsSettings
  readonly #errors = new Map<string, number>()
  skipped = 0

  constructor(settings: BadRecordsSettings) {
    this.#settings = settings
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
    const { sourceId: operator, label } = split
    const record = start < 0 ? new Uint8Array() : bytes.subarray(start, end)
    const overlong = overlongProblem(bytes, start, end)
    // Of a record that was dropped unread the reason tells the place.
    const place = overlong === undefined ? this.#settings.place(split, index) : ''
    if (this.#settings.policyOf(operator) === 'fail') {
      const source = this.#settings.nameOf(operator)
      if (overlong !== undefined) throw new RecordTooLargeError({ source, problem: overlong })
      throw new MalformedRecordError({
        source,
        split: label,
        place,
        reason,
        record: beginning(record),
      })
    }
    if (this.#isSkipped(operator)) return
    const origin = this.#settings.origin(split, index)
    this.#put({
      operator,
      split: label,
      position: place,
      code: 'MR_DATA_MALFORMED',
      reason,
      stack: '',
      bytes: origin ? (origin.value ?? NOTHING) : record.slice(),
      row: '',
      origin,
    })
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
    const { sourceId: operator, label } = split
    const position = this.#settings.place(split, index)
    const record = bytes && start >= 0 ? bytes.slice(start, end) : NOTHING
    const why = this.#whyOf(operator, error, () => {
      const text = bytes ? beginning(record) : row ? rowText(row) : ''
      return `a record of ${this.#settings.nameOf(operator)} (${label}, ${position}): ${text}`
    })
    split.failed++
    if (this.#isSkipped(operator)) return
    const origin = this.#settings.origin(split, index)
    const text = row ? rowText(row) : ''
    this.#put({ operator, split: label, position, ...why, bytes: record, row: text, origin })
  }

  readonly rowFailed = (nodeId: string, error: unknown, row: Row): void => {
    const text = rowText(row)
    const name = this.#settings.nameOf(nodeId)
    const why = this.#whyOf(nodeId, error, () => `a row of ${name}: ${text}`)
    if (this.#isSkipped(nodeId)) return
    this.#put({ operator: nodeId, split: '', position: '', ...why, bytes: NOTHING, row: text })
  }

  /** On a worker thread, from where an error comes as texts. */
  rowFailedElsewhere({ operator, reason, stack, row }: RowFailure): void {
    const cause = stack === '' ? undefined : Object.assign(new Error(reason), { stack })
    this.rowFailed(operator, new EvaluationError(reason, undefined, cause), [row])
  }

  /** Only errors that concern one record (of expressions, user functions) are survived, and only when the policy is not to fail. */
  #whyOf(
    operator: string,
    error: unknown,
    data: () => string,
  ): Pick<DeadLetter, 'code' | 'reason' | 'stack'> {
    if (!(error instanceof MillraceError) || error.code !== 'MR_DATA_EVALUATION') throw error
    if (this.#settings.policyOf(operator) === 'fail') throw error.showData(data())
    const { code, message: reason, cause } = error
    // What a function has thrown tells where; of our own errors the reason does.
    return { code, reason, stack: cause instanceof Error ? (cause.stack ?? '') : '' }
  }

  /** Records that an operator could not process in this run, put aside or skipped. */
  errorsOf(operator: string): number {
    return this.#errors.get(operator) ?? 0
  }

  /** Counts it. */
  #isSkipped(operator: string): boolean {
    this.#errors.set(operator, this.errorsOf(operator) + 1)
    const isSkipped = this.#settings.policyOf(operator) === 'skip'
    if (isSkipped) this.skipped++
    return isSkipped
  }

  #put(letter: Reported): void {
    const { letters, nowMs, epoch, nameOf } = this.#settings
    const operatorName = nameOf(letter.operator)
    letters.add({ ...letter, operatorName, atMs: nowMs(), epoch: epoch() })
  }
}

const NOTHING = new Uint8Array()

function beginning(record: Uint8Array): string {
  const text = new TextDecoder().decode(record.subarray(0, 120))
  return JSON.stringify(record.length > 120 ? `${text}…` : text)
}

function rowText(row: Row): string {
  return `[${row.map(v => (typeof v === 'string' ? JSON.stringify(v) : String(v))).join(', ')}]`
}
