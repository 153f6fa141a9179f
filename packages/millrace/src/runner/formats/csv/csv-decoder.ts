// Emits the decoding of CSV records: fields are found on bytes, values made only of those that are asked for.

import type {
  DecodeRequest,
  DecodedRecord,
  RecordDecoder,
  RecordNames,
} from '../../../format/decoder.ts'
import type { CodeScope } from '../../../functions/function-definition.ts'
import { formatType } from '../../../types/data-type.ts'
import type { DataType } from '../../../types/data-type.ts'
import { InternalError } from '../../../types/errors.ts'
import type { Schema } from '../../../types/schema.ts'
import type { Value } from '../../../types/value.ts'
import { headerStart } from '../text/header-record.ts'
import { overlongProblem } from '../text/overlong-record.ts'
import { excerpt } from '../text/read-string.ts'
import { typeProblem } from '../text/type-problem.ts'
import { csvSettings } from './csv-options.ts'
import { createFieldReader, fieldText } from './csv-reader.ts'
import { CsvColumns } from './csv-columns.ts'
import { generateCsvScanner } from './csv-scanner.ts'

interface Leaf {
  readonly name: string
  readonly column: number
  readonly type: DataType
  /** Positions within nested ROWs. */
  readonly path: readonly number[]
}

/**
 * Reads fields by position, or by name when the file has a header. A record must have as many fields as the table has columns (or the
 * header names), as in Flink; with `ignore-parse-errors` missing ones are NULL.
 */
export class CsvDecoder implements RecordDecoder {
  readonly #schema: Schema
  readonly #settings: ReturnType<typeof csvSettings>
  readonly #leaves: readonly (Leaf | undefined)[]

  constructor(request: DecodeRequest) {
    this.#schema = request.schema
    this.#settings = csvSettings(request.options)
    this.#leaves = leavesOf(request)
  }

  emitRecord(
    scope: CodeScope,
    names: RecordNames,
    onMalformed: (reason: string) => string,
    consume: (record: DecodedRecord) => void,
  ): void {
    const settings = this.#settings
    const { scan, record } = generateCsvScanner(settings)
    const columns = new CsvColumns(this.#schema, record)
    const { bytes, position, end } = names
    const scanName = scope.constant(scan, 'scanCsv')
    const recordName = scope.constant(record, 'fields')
    const columnsName = scope.constant(columns, 'columns')
    const start = scope.local('start')
    const next = scope.local('next')
    const problem = scope.local('problem')
    scope.statement(`const ${start} = ${position}`)
    scope.statement(`const ${next} = ${scanName}(${bytes}, ${start}, ${end})`)
    scope.statement(`${position} = ${next} < 0 ? ~${next} : ${next}`)
    // Blank lines, comments and headers are no records: `null`; a text is what is wrong.
    const special = scope.constant(
      (b: Uint8Array, from: number, to: number, isWhole: boolean): string | null | undefined => {
        if (isBlank(b, from, to)) return null
        if (settings.allowsComments && b[from] === 35) return null
        const overlong = overlongProblem(b, from, to)
        if (overlong !== undefined) return overlong
        const header = headerStart(b, from, to)
        if (header >= 0) {
          scan(b, header, to)
          columns.useHeader(readHeader(b, record.at, record.fields, settings))
          return null
        }
        if (!isWhole) return `a quoted field is not closed well: ${excerpt(b, from, to)}`
        return columns.problem ?? undefined
      },
      'specialLine',
    )
    scope.statement(
      `let ${problem} = ${next} < 0 || ${bytes}[${start}] <= 35 || ${columnsName}.problem !== undefined ? ${special}(${bytes}, ${start}, ${position}, ${next} >= 0) : undefined`,
    )
    if (!settings.ignoreParseErrors) {
      scope.statement(
        `if (${problem} === undefined && ${recordName}.fields !== ${columnsName}.expected) ${problem} = ${columnsName}.arityProblem()`,
      )
      scope.statement(`if (typeof ${problem} === 'string') { ${onMalformed(problem)} }`)
    } else
      scope.statement(
        `if (${recordName}.fields > ${columnsName}.expected && ${problem} === undefined) ${problem} = null`,
      )
    scope.statement(`if (${problem} === undefined) {`)
    consume({
      value: (inner, slot) =>
        this.#emitValue(inner, names, recordName, columnsName, slot, onMalformed),
    })
    scope.statement('}')
  }

  #emitValue(
    scope: CodeScope,
    names: RecordNames,
    recordName: string,
    columnsName: string,
    slot: number,
    onMalformed: (reason: string) => string,
  ): string {
    const leaf = this.#leaves[slot]
    if (!leaf) throw new InternalError(`no slot ${slot} in what is read of the CSV record`)
    const { ignoreParseErrors } = this.#settings
    const column = this.#schema[leaf.column] as Schema[number]
    const read = scope.constant(createFieldReader(column.type, this.#settings), 'read')
    const value = scope.local(leaf.name)
    const field = scope.local('field')
    const at = `${recordName}.at`
    scope.statement(`const ${field} = ${columnsName}.fieldOf[${leaf.column}]`)
    scope.statement(
      `let ${value} = ${field} < ${recordName}.fields ? ${read}(${names.bytes}, ${at}[${field} * 2], ${at}[${field} * 2 + 1]) : null`,
    )
    if (ignoreParseErrors) scope.statement(`if (${value} === undefined) ${value} = null`)
    for (const index of leaf.path)
      scope.statement(`if (${value} != null) ${value} = ${value}[${index}]`)
    const isBad = leaf.type.nullable ? `${value} === undefined` : `${value} == null`
    if (!ignoreParseErrors || !leaf.type.nullable) {
      const describe = scope.constant(
        (bytes: Uint8Array, start: number, end: number, found: Value | undefined): string =>
          found === null
            ? `column "${leaf.name}" is NULL, its type is ${formatType(leaf.type)}`
            : typeProblem(`column "${leaf.name}"`, leaf.type, bytes, start, end),
        'problem',
      )
      scope.statement(
        `if (${isBad}) { ${onMalformed(`${describe}(${names.bytes}, ${at}[${field} * 2], ${at}[${field} * 2 + 1], ${value})`)} }`,
      )
    }
    return value
  }
}

function readHeader(
  bytes: Uint8Array,
  at: Int32Array,
  fields: number,
  settings: ReturnType<typeof csvSettings>,
): string[] {
  return Array.from(
    { length: fields },
    (_, i) =>
      fieldText(bytes, at[i * 2] as number, at[i * 2 + 1] as number, settings)?.trim() ?? '',
  )
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 13 && bytes[at] !== 10) return false
  return true
}

function leavesOf(request: DecodeRequest): (Leaf | undefined)[] {
  const leaves: (Leaf | undefined)[] = []
  request.reads.forEach((tree, column) => {
    const { name, type } = request.schema[column] ?? {}
    if (!tree || name === undefined || !type) return
    const visit = (t: typeof tree, path: readonly number[], at: DataType): void => {
      if (t.kind === 'whole') {
        leaves[t.slot] = { name, column, type: t.type, path }
        return
      }
      if (at.kind !== 'row') throw new InternalError(`column "${name}" is no ROW`)
      for (const [field, child] of t.fields) {
        const index = at.fields.findIndex(f => f.name === field)
        visit(child, [...path, index], (at.fields[index] as { type: DataType }).type)
      }
    }
    visit(tree, [], type)
  })
  return leaves
}
