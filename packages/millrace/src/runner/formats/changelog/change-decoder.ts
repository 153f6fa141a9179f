// Emits the decoding of change logs: the envelope of a record first, then the rows of all its changes, before any is handed on.

import type {
  DecodeRequest,
  DecodedRecord,
  ReadTree,
  RecordDecoder,
  RecordNames,
} from '../../../format/decoder.ts'
import type { CodeScope } from '../../../functions/function-definition.ts'
import { types } from '../../../types/data-type.ts'
import { DELETE, type RowKindCode, type Value } from '../../../types/value.ts'
import { isBlank, lineProblem } from '../json/json-problems.ts'
import { generateJsonScanner } from '../json/json-scanner.ts'
import { skipSpace, skipValue } from '../json/json-skip.ts'
import { isWord, jsonString } from '../json/json-text.ts'
import { ABSENT, type Envelope, type Members, type Span } from './envelope.ts'
import { ImageReader } from './image-reader.ts'

/**
 * A record is one line and tells of any number of changes. All their values are read before the first change is handed on, so that
 * a malformed record has no effect at all.
 */
export class ChangeDecoder implements RecordDecoder {
  readonly #envelope: Envelope
  readonly #images: ImageReader
  readonly #ignoresErrors: boolean
  readonly #isFramed: boolean

  constructor(request: DecodeRequest, envelope: Envelope) {
    this.#ignoresErrors = request.options.get('ignore-parse-errors')?.toLowerCase() === 'true'
    this.#isFramed = request.isFramed ?? false
    this.#envelope = envelope
    this.#images = new ImageReader(request, this.#ignoresErrors)
  }

  emitRecord(
    scope: CodeScope,
    names: RecordNames,
    onMalformed: (reason: string) => string,
    consume: (record: DecodedRecord) => void,
  ): void {
    const record = new ChangeRecord(this.#envelope, this.#images, this.#isFramed)
    const { bytes, position, end } = names
    const recordName = scope.constant(record, 'record')
    const start = scope.local('start')
    const next = scope.local('next')
    scope.statement(`const ${start} = ${position}`)
    scope.statement(`const ${next} = ${recordName}.scan(${bytes}, ${start}, ${end})`)
    scope.statement(`${position} = ${next} < 0 ? ~${next} : ${next}`)
    const changes = scope.local('changes')
    scope.statement(`const ${changes} = ${next} < 0 ? 0 : ${recordName}.read(${bytes})`)
    if (!this.#ignoresErrors) {
      const blank = scope.constant(isBlank, 'isBlank')
      const problem = scope.constant(lineProblem, 'lineProblem')
      const line = `${bytes}, ${start}, ${position}`
      scope.statement(
        `if (${next} < 0 && !${blank}(${line})) { ${onMalformed(`${problem}(${line})`)} }`,
      )
      scope.statement(`if (${changes} < 0) { ${onMalformed(`${recordName}.problem`)} }`)
    }
    const i = scope.local('change')
    scope.statement(`for (let ${i} = 0; ${i} < ${changes}; ${i}++) {`)
    consume({
      kind: `${recordName}.kinds[${i}]`,
      value: (inner, slot) => {
        const value = inner.local('value')
        const at = `${i} * ${this.#images.width} + ${slot}`
        inner.statement(`const ${value} = ${recordName}.values[${at}]`)
        return value
      },
    })
    scope.statement('}')
  }
}

/** The record at hand: its changes and their values, overwritten by the next. */
class ChangeRecord implements Members {
  readonly kinds: RowKindCode[] = []
  /** Those of all changes, one after the other. */
  readonly values: Value[] = []
  /** Why the last record is malformed. */
  problem = ''
  readonly #envelope: Envelope
  readonly #images: ImageReader
  readonly #scanner: ReturnType<typeof generateJsonScanner>
  #bytes: Uint8Array = new Uint8Array()
  #changes = 0

  constructor(envelope: Envelope, images: ImageReader, isFramed: boolean) {
    this.#envelope = envelope
    this.#images = images
    const members = new Map<string, ReadTree>(
      envelope.members.map((name, slot) => [name, { kind: 'whole', slot, type: types.string }]),
    )
    const fields: ReadonlyMap<string, ReadTree> = envelope.within
      ? new Map([[envelope.within, { kind: 'fields', fields: members }]])
      : members
    this.#scanner = generateJsonScanner(fields, envelope.members.length, { isFramed })
  }

  /** Finds the record's end, and its members. */
  scan(bytes: Uint8Array, start: number, end: number): number {
    return this.#scanner.scan(bytes, start, end)
  }

  /** Reads all changes; their number, or -1 with a `problem`. */
  read(bytes: Uint8Array): number {
    this.#bytes = bytes
    this.#changes = 0
    let problem: string | undefined
    const unread = this.#envelope.read(this, (kind, image, rest) => {
      if (problem !== undefined) return
      const base = this.#changes * this.#images.width
      const mayLack = kind === DELETE && this.#envelope.deletesByKey === true
      problem = this.#images.read(bytes, { image, rest, mayLack }, this.values, base)
      this.kinds[this.#changes++] = kind
    })
    problem = unread ?? problem
    if (problem === undefined) return this.#changes
    this.problem = problem
    return -1
  }

  span(member: number): Span {
    const start = this.#scanner.at[member * 2] as number
    const end = this.#scanner.at[member * 2 + 1] as number
    return start < 0 || isWord(this.#bytes, start, end, 'null') ? ABSENT : { start, end }
  }

  text(member: number): string | undefined {
    const { start, end } = this.span(member)
    if (start < 0 || this.#bytes[start] !== 34) return undefined
    return jsonString(this.#bytes, start, end)
  }

  elements({ start, end }: Span): readonly Span[] | undefined {
    const bytes = this.#bytes
    if (start < 0 || bytes[start] !== 91) return undefined
    const spans: Span[] = []
    let at = skipSpace(bytes, start + 1)
    if (bytes[at] === 93) return spans
    for (;;) {
      const next = skipValue(bytes, at)
      if (next < 0 || next > end) return undefined
      spans.push(isWord(bytes, at, next, 'null') ? ABSENT : { start: at, end: next })
      at = skipSpace(bytes, next)
      if (bytes[at] === 93) return spans
      if (bytes[at] !== 44) return undefined
      at = skipSpace(bytes, at + 1)
    }
  }
}
