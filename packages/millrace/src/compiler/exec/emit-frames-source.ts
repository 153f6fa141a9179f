// Code of a source whose records lie apart and have keys: the loop over a batch, from frames of bytes to the pipeline.
//
// It stops where the loop over bytes does (emit-source.ts), so that batches change nothing here either.

import type { TableFormats } from '../../connector/table-formats.ts'
import type { DecodingFormat, RecordNames } from '../../format/decoder.ts'
import type { FramesBatch } from '../../connector/source.ts'
import { DELETE } from '../../types/value.ts'
import type { BlockScope } from '../code/code-module.ts'
import { EmittedColumn } from '../code/emitted-row.ts'
import type { SourceExec } from '../nodes/row-exec.ts'
import type { TaskEmitter } from '../task-emitter.ts'
import { prefetch } from './emit-source.ts'
import { columnOf, readTree, slotsOf } from './read-tree.ts'

/** Processes records from index `position`; returns where it stopped. */
export type FramesFunction = (
  batch: FramesBatch,
  position: number,
  end: number,
  limit: number,
  max: number,
  split: object,
) => number

type Trees = readonly (ReturnType<typeof readTree> | undefined)[]

export interface FramesSettings {
  /** Metadata that each record has a value of its own for. */
  readonly recordMetadata: ReadonlySet<string>
  /** A record without a value deletes the row of its key. */
  readonly deletesByKey: boolean
}

/** Emits the function of a source that hands over frames; returns its name. */
export function emitFramesSource(
  emitter: TaskEmitter,
  node: SourceExec,
  formats: TableFormats<DecodingFormat>,
  { recordMetadata, deletesByKey }: FramesSettings,
): string {
  const { module } = emitter
  const parameters = ['batch', 'position', 'end', 'limit', 'max', 'split']
  return module.addFunction('source', parameters, scope => {
    scope.statement('const { bytes, valueStarts, valueEnds, keyStarts, keyEnds } = batch')
    const frames = new FramesCode(emitter, node, formats, recordMetadata)
    frames.emitReaders(scope)
    scope.statement('let index = position, start = 0, at = 0, stop = 0, count = 0')
    scope.block('try ', body => {
      const loop =
        'records: while (position < end && count < max && !split.paused && !(split.watermark > limit)) '
      body.block(loop, record => {
        record.statement('index = position++')
        record.statement('count++')
        if (deletesByKey) frames.emitUpsert(record)
        else frames.emitInsert(record)
      })
    })
    const failed = module.constant(emitter.services.recordFailed, 'recordFailed')
    scope.block('catch (error) ', caught => {
      caught.statement(
        `${failed}(split, bytes, valueStarts[index], valueEnds[index], error, undefined, index)`,
      )
    })
    scope.statement('split.records += count')
    scope.statement('return position')
  })
}

/** The code of one source's records. */
class FramesCode {
  readonly #emitter: TaskEmitter
  readonly #node: SourceExec
  readonly #formats: TableFormats<DecodingFormat>
  readonly #recordMetadata: ReadonlySet<string>
  /** Names of the functions that read metadata, by column. */
  readonly #readers = new Map<number, string>()

  constructor(
    emitter: TaskEmitter,
    node: SourceExec,
    formats: TableFormats<DecodingFormat>,
    recordMetadata: ReadonlySet<string>,
  ) {
    this.#emitter = emitter
    this.#node = node
    this.#formats = formats
    this.#recordMetadata = recordMetadata
  }

  /** Once a batch: what reads the metadata that is asked for. */
  emitReaders(scope: BlockScope): void {
    for (const [column, key] of this.#node.table.metadata)
      if (this.#recordMetadata.has(key) && this.#node.reads[column])
        this.#readers.set(column, scope.assign('read', `batch.metadata(${column})`))
  }

  /** A record inserts its value; one without a value says nothing. */
  emitInsert(record: BlockScope): void {
    const { value, key } = this.#formats
    const ofKey = key?.columns.filter(i => !value.columns.includes(i)) ?? []
    const keyColumns = this.#emitKey(record, ofKey)
    const trees = this.#trees(value.columns)
    record.statement('start = at = valueStarts[index]')
    record.statement('if (at < 0) continue records')
    record.statement('stop = valueEnds[index]')
    this.#decoder(value, trees).emitRecord(record, VALUE, this.#onMalformed, decoded => {
      const row = this.#row((i, type) =>
        value.columns.includes(i)
          ? columnOf(trees[i], type, (at, slot) => decoded.value(at, slot))
          : keyColumns.get(i),
      )
      const branches = this.#emitter.consumersOf(this.#node).length > 1
      if (branches) for (const [i, tree] of trees.entries()) prefetch(record, row[i], slotsOf(tree))
      this.#emitter.push(this.#node, record, { kind: decoded.kind ?? '0', columns: row })
    })
  }

  /** A record replaces the row of its key; one without a value deletes it. */
  emitUpsert(record: BlockScope): void {
    const { value, key } = this.#formats
    const names = new Map<number, string>()
    const { table, reads } = this.#node
    for (const i of new Set([...value.columns, ...(key?.columns ?? [])])) {
      if (!reads[i]) continue
      const name = record.local(table.schema[i]?.name ?? 'column')
      names.set(i, name)
      record.statement(`let ${name} = null`)
    }
    const isDeletion = record.assign('isDeletion', 'valueStarts[index] < 0')
    const ofKey = key?.columns ?? []
    const onlyInKey = ofKey.filter(i => !value.columns.includes(i))
    // Where values hold the key, too, they are what counts.
    const keyColumns = this.#emitKey(record, ofKey, onlyInKey.length > 0 ? undefined : isDeletion)
    for (const [i, column] of keyColumns)
      if (names.has(i)) record.statement(`${names.get(i)} = ${column.value(record)}`)
    record.block(`if (!${isDeletion}) `, present => {
      const trees = this.#trees(value.columns, true)
      const isRead = present.local('isRead')
      present.statement(`let ${isRead} = false`)
      present.statement('start = at = valueStarts[index]')
      present.statement('stop = valueEnds[index]')
      this.#decoder(value, trees).emitRecord(present, VALUE, this.#onMalformed, decoded => {
        for (const i of value.columns) {
          const tree = trees[i]
          const name = names.get(i)
          if (tree?.kind === 'whole' && name)
            present.statement(`${name} = ${decoded.value(present, tree.slot)}`)
        }
        present.statement(`${isRead} = true`)
      })
      present.statement(`if (!${isRead}) continue records`)
    })
    this.#emitter.push(this.#node, record, {
      kind: record.assign('kind', `${isDeletion} ? ${DELETE} : 0`),
      columns: this.#row(i => {
        const name = names.get(i)
        return name === undefined ? undefined : EmittedColumn.of(name)
      }),
    })
  }

  /** Reads columns of the key into locals; those of a record without a key are NULL. */
  #emitKey(
    record: BlockScope,
    columns: readonly number[],
    condition?: string,
  ): ReadonlyMap<number, EmittedColumn> {
    const { key } = this.#formats
    const read = columns.filter(i => this.#node.reads[i])
    const made = new Map<number, EmittedColumn>()
    if (!key || read.length === 0) return made
    const names = read.map(i => record.local(`key${i}`))
    for (const name of names) record.statement(`let ${name} = null`)
    const guard = condition === undefined ? '' : `${condition} && `
    record.statement('start = at = keyStarts[index]')
    record.statement('stop = keyEnds[index]')
    record.block(`if (${guard}at >= 0) `, present => {
      const trees = this.#trees(read, true)
      this.#decoder(key, trees).emitRecord(present, VALUE, this.#onMalformed, decoded => {
        read.forEach((i, n) => {
          const tree = trees[i]
          if (tree?.kind === 'whole')
            present.statement(`${names[n]} = ${decoded.value(present, tree.slot)}`)
        })
      })
    })
    read.forEach((i, n) => {
      const column = this.#node.table.schema[i]
      made.set(i, EmittedColumn.of(names[n] as string))
      if (column?.type.nullable) return
      const reason = JSON.stringify(`the key has no value for "${column?.name}"`)
      record.statement(`if (${guard}${names[n]} === null) ${this.#onMalformed(reason)}`)
    })
    return made
  }

  #decoder(
    { format, options, columns, schema, prefix }: TableFormats<DecodingFormat>['value'],
    trees: Trees,
  ) {
    return format.createDecoder({
      schema,
      reads: columns.map(i => trees[i]),
      options,
      isFramed: true,
      place: { table: this.#node.table, prefix, isFramed: true },
    })
  }

  /** What is read of the columns: whole values, or of ROWs the fields that are read. */
  #trees(columns: readonly number[], isWhole = false): Trees {
    const { table, reads } = this.#node
    let slots = 0
    return reads.map((paths, i) => {
      const column = table.schema[i]
      if (!paths || !column || !columns.includes(i)) return undefined
      return readTree(column.type, isWhole ? [[]] : paths, () => slots++)
    })
  }

  /** The row's columns: those of records by `read`, metadata and what a split's records share. */
  #row(
    read: (index: number, type: SourceExec['schema'][number]['type']) => EmittedColumn | undefined,
  ) {
    const { table } = this.#node
    return table.schema.map((c, i) => {
      const reader = this.#readers.get(i)
      if (reader) return new EmittedColumn(at => at.assign(c.name, `${reader}(index)`))
      if (table.metadata.has(i) || table.partitionedBy?.includes(i))
        return new EmittedColumn(at => at.assign(c.name, `split.shared[${i}]`))
      return read(i, c.type) ?? EmittedColumn.of('null')
    })
  }

  readonly #onMalformed = (reason: string): string => {
    const malformed = this.#emitter.module.constant(this.#emitter.services.malformed, 'malformed')
    return `{ ${malformed}(split, bytes, start, stop, ${reason}, index); continue records }`
  }
}

/** The variables of the frame at hand. */
const VALUE: RecordNames = { bytes: 'bytes', position: 'at', end: 'stop' }
