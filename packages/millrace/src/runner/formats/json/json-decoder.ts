// Emits the decoding of JSON lines: one walk over a record's bytes, then only those values that are asked for.

import type {
  DecodeRequest,
  DecodedRecord,
  ReadTree,
  RecordDecoder,
  RecordNames,
} from '../../../format/decoder.ts'
import type { CodeScope } from '../../../functions/function-definition.ts'
import type { DataType } from '../../../types/data-type.ts'
import { InternalError } from '../../../types/errors.ts'
import { plainText } from '../text/read-string.ts'
import { createTimestampReader } from '../text/read-temporal.ts'
import { isBlank, type Leaf, leavesOf, lineProblem, valueProblem } from './json-problems.ts'
import { createJsonReader } from './json-reader.ts'
import { type JsonOffsets, PARENT_NOT_OBJECT } from './json-offsets.ts'
import { generateJsonScanner } from './json-scanner.ts'
import { isJson } from './json-text.ts'
import { readOptionsOf } from './json-options.ts'

/**
 * A decoder that reads only what is asked of it.
 *
 * The walk (generated, see `json-scanner.ts`) checks that strings end and brackets match on every record, and remembers the
 * offsets of wanted values; a value is converted when `value` is asked for it, so a record that a filter drops costs its walk and
 * the filter's columns. `bench/decode` compares it with `JSON.parse`.
 */
export class JsonDecoder implements RecordDecoder {
  readonly #request: DecodeRequest
  readonly #options: ReturnType<typeof readOptionsOf>
  #leaves: ReadonlyMap<number, Leaf> = new Map()

  constructor(request: DecodeRequest) {
    this.#request = request
    this.#options = readOptionsOf(request.options)
  }

  emitRecord(
    scope: CodeScope,
    names: RecordNames,
    onMalformed: (reason: string) => string,
    consume: (record: DecodedRecord) => void,
  ): void {
    const fields = this.#fields()
    const slots = Math.max(-1, ...this.#leaves.keys()) + 1
    const scanner = generateJsonScanner(fields, slots, {
      expected: this.#request.schema,
      isFramed: this.#request.isFramed ?? false,
    })
    const { bytes, position, end } = names
    const scanName = scope.constant(scanner.scan, 'scanJson')
    const start = scope.local('start')
    const next = scope.local('next')
    scope.statement(`const ${start} = ${position}`)
    scope.statement(`const ${next} = ${scanName}(${bytes}, ${start}, ${end})`)
    scope.statement(`${position} = ${next} < 0 ? ~${next} : ${next}`)
    if (!this.#options.ignoreParseErrors) {
      const problem = scope.constant(lineProblem, 'lineProblem')
      const reason = `${problem}(${bytes}, ${start}, ${position})`
      const blank = scope.constant(isBlank, 'isBlank')
      scope.statement(
        `if (${next} < 0 && !${blank}(${bytes}, ${start}, ${position})) { ${onMalformed(reason)} }`,
      )
    }
    if (this.#options.isStrict) {
      const strict = scope.constant(isJson, 'isJson')
      const reason = '"not JSON throughout"'
      const action = this.#options.ignoreParseErrors ? '' : onMalformed(reason)
      const isWhole = scope.local('isWhole')
      scope.statement(
        `const ${isWhole} = ${next} >= 0 && ${strict}(${bytes}, ${start}, ${position})`,
      )
      scope.statement(`if (${next} >= 0 && !${isWhole}) { ${action} }`)
      scope.statement(`if (${isWhole}) {`)
    } else scope.statement(`if (${next} >= 0) {`)
    consume({
      value: (inner, slot) => this.#emitValue(inner, names, scanner, slot, onMalformed),
    })
    scope.statement('}')
  }

  #emitValue(
    scope: CodeScope,
    names: RecordNames,
    { at, plain }: JsonOffsets,
    slot: number,
    onMalformed: (reason: string) => string,
  ): string {
    const leaf = this.#leaves.get(slot)
    if (!leaf) throw new InternalError(`no slot ${slot} in what is read of the JSON record`)
    const { ignoreParseErrors, failOnMissingField } = this.#options
    const read = scope.constant(createJsonReader(leaf.type, this.#options), 'read')
    const atName = scope.constant(at, 'offsets')
    const value = scope.local(leaf.path)
    const start = scope.local('at')
    const absent = failOnMissingField
      ? 'undefined'
      : `${start} === ${PARENT_NOT_OBJECT} ? undefined : null`
    scope.statement(`const ${start} = ${atName}[${slot * 2}]`)
    const end = `${atName}[${slot * 2 + 1}]`
    const slow = `${read}(${names.bytes}, ${start}, ${end})`
    const fast = this.#emitCommonForm(scope, leaf.type, names.bytes, start, end, () => {
      return `${scope.constant(plain, 'plain')}[${slot}]`
    })
    scope.statement(`let ${value} = ${start} >= 0 ? ${fast ?? slow} : ${absent}`)
    if (fast) scope.statement(`if (${value} === undefined && ${start} >= 0) ${value} = ${slow}`)
    const problem = scope.constant(
      (bytes: Uint8Array) =>
        valueProblem(leaf, bytes, at[slot * 2] as number, at[slot * 2 + 1] as number),
      'problem',
    )
    if (ignoreParseErrors) scope.statement(`if (${value} === undefined) ${value} = null`)
    const isBad = leaf.type.nullable ? `${value} === undefined` : `${value} == null`
    if (!ignoreParseErrors || !leaf.type.nullable)
      scope.statement(`if (${isBad}) { ${onMalformed(`${problem}(${names.bytes})`)} }`)
    return value
  }

  /** Code that reads a value as nearly all data has it and is undefined for others: one direct call, which V8 can inline. */
  #emitCommonForm(
    scope: CodeScope,
    type: DataType,
    bytes: string,
    start: string,
    end: string,
    isPlain: () => string,
  ): string | undefined {
    switch (type.kind) {
      case 'int':
      case 'bigint':
        return `${scope.constant(readDigits, 'readDigits')}(${bytes}, ${start}, ${end})`
      case 'timestamp':
      case 'timestamp_ltz': {
        const isLocal = type.kind === 'timestamp_ltz'
        const read = scope.constant(createTimestampReader(type.precision, isLocal), 'readTimestamp')
        return `(${bytes}[${start}] === 34 ? ${read}(${bytes}, ${start} + 1, ${end} - 1) : undefined)`
      }
      case 'char':
      case 'varchar': {
        const read = scope.constant(plainText, 'plainText')
        return `(${isPlain()} === 1 ? ${read}(${bytes}, ${start} + 1, ${end} - 1) : undefined)`
      }
      default:
        return undefined
    }
  }

  /** The wanted columns by name, and what each slot is. */
  #fields(): Map<string, ReadTree> {
    const fields = new Map<string, ReadTree>()
    this.#request.reads.forEach((tree, i) => {
      const column = this.#request.schema[i]
      if (!tree || !column) return
      fields.set(column.name, tree)
    })
    this.#leaves = leavesOf(fields)
    return fields
  }
}

/** A number of up to 9 digits without sign or leading zero. */
function readDigits(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end - start > 9 || (bytes[start] === 48 && end - start > 1)) return undefined
  let value = 0
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - 48
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return value
}
