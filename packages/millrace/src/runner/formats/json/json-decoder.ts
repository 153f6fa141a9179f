// Emits the decoding of JSON lines: one walk over a record's bytes, then only those values that are asked for.

import type {
  DecodeRequest,
  DecodedRecord,
  ReadTree,
  RecordDecoder,
  RecordNames,
} from '../../../format/decoder.ts'
import type { CodeScope } from '../../../functions/function-definition.ts'
import { formatType } from '../../../types/data-type.ts'
import type { DataType } from '../../../types/data-type.ts'
import { InternalError } from '../../../types/errors.ts'
import { overlongProblem } from '../text/overlong-record.ts'
import { excerpt, plainText } from '../text/read-string.ts'
import { createJsonReader } from './json-reader.ts'
import {
  generateJsonScanner,
  type JsonOffsets,
  MISSING,
  PARENT_NOT_OBJECT,
} from './json-scanner.ts'
import { isJson } from './json-text.ts'
import { readOptionsOf } from './json-options.ts'

interface Leaf {
  readonly path: string
  readonly type: DataType
}

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
  readonly #leaves = new Map<number, Leaf>()

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
    const scanner = generateJsonScanner(fields, slots, this.#request.schema)
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
    let present = `${read}(${names.bytes}, ${start}, ${end})`
    if (leaf.type.kind === 'varchar' || leaf.type.kind === 'char') {
      const isPlain = `${scope.constant(plain, 'plain')}[${slot}] === 1`
      const text = `${scope.constant(plainText, 'plainText')}(${names.bytes}, ${start} + 1, ${end} - 1)`
      present = `(${isPlain} ? ${text} : ${present})`
    }
    scope.statement(`let ${value} = ${start} >= 0 ? ${present} : ${absent}`)
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

  /** The wanted columns by name, and what each slot is. */
  #fields(): Map<string, ReadTree> {
    const fields = new Map<string, ReadTree>()
    this.#request.reads.forEach((tree, i) => {
      const column = this.#request.schema[i]
      if (!tree || !column) return
      fields.set(column.name, tree)
      this.#addLeaves(column.name, tree)
    })
    return fields
  }

  #addLeaves(path: string, tree: ReadTree): void {
    if (tree.kind === 'whole') this.#leaves.set(tree.slot, { path, type: tree.type })
    else for (const [name, child] of tree.fields) this.#addLeaves(`${path}.${name}`, child)
  }
}

/** A line of nothing but space. */
function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] as number) > 32) return false
  return true
}

/** Why a line holds no record. */
function lineProblem(bytes: Uint8Array, start: number, end: number): string {
  const overlong = overlongProblem(bytes, start, end)
  if (overlong !== undefined) return overlong
  const text = excerpt(bytes, start, end, 1 << 20).trim()
  const shown = excerpt(bytes, start, end)
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return `not a JSON object: ${shown.trim()}`
  } catch (error) {
    return `not JSON: ${(error as Error).message}`
  }
  return `not one JSON object in one line: ${shown.trim()}`
}

/** Why a value cannot be had. */
function valueProblem(leaf: Leaf, bytes: Uint8Array, start: number, end: number): string {
  if (start === MISSING) return `field "${leaf.path}" is missing`
  if (start === PARENT_NOT_OBJECT) return `field "${leaf.path}" is not within an object`
  if (start < 0) return `field "${leaf.path}" is NULL, its type is ${formatType(leaf.type)}`
  return `field "${leaf.path}" is no ${formatType(leaf.type)}: ${excerpt(bytes, start, end)}`
}
