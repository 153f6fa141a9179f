// Code of a source: the loop over a batch, from bytes (or rows) to the pipeline.
//
// The function stops at the end of the batch, after `max` records, once the split's watermark has passed `limit`, or when it is
// paused: the order in which several splits are read depends on their data only, never on how it was cut into batches.

import { isShared } from '../../connector/shared-columns.ts'
import type { TableFormat } from '../../connector/table-formats.ts'
import type { DecodingFormat } from '../../format/decoder.ts'
import type { BlockScope } from '../code/code-module.ts'
import { EmittedColumn } from '../code/emitted-row.ts'
import type { SourceExec, ValuesExec } from '../nodes/row-exec.ts'
import type { TaskEmitter } from '../task-emitter.ts'
import { columnOf, readTree, slotsOf } from './read-tree.ts'

/** Processes bytes from `position`; returns where it stopped. */
export type BytesFunction = (
  bytes: Uint8Array,
  position: number,
  end: number,
  limit: number,
  max: number,
  split: object,
) => number

/** Processes rows from index `position`; returns where it stopped. */
export type RowsFunction = (
  rows: readonly unknown[][],
  kinds: Uint8Array | undefined,
  position: number,
  end: number,
  limit: number,
  max: number,
  split: object,
) => number

/** Emits the function of a source whose bytes `format` decodes; returns its name. */
export function emitBytesSource(
  emitter: TaskEmitter,
  node: SourceExec,
  { format, options, columns, schema }: TableFormat<DecodingFormat>,
): string {
  let slots = 0
  const trees = node.reads.map((paths, i) => {
    const column = node.table.schema[i]
    if (!columns.includes(i)) return undefined
    return paths && column && readTree(column.type, paths, () => slots++)
  })
  const reads = columns.map(i => trees[i])
  const decoder = format.createDecoder({ schema, reads, options })
  const { module, services } = emitter
  const failed = module.constant(services.recordFailed, 'recordFailed')
  const malformed = module.constant(services.malformed, 'malformed')
  const branches = emitter.consumersOf(node).length > 1
  const parameters = ['bytes', 'position', 'end', 'limit', 'max', 'split']
  return module.addFunction('source', parameters, scope => {
    // Blank lines and header marks are turns of the loop, but no records.
    scope.statement('let start = position, count = 0, turns = 0')
    scope.block('try ', body => {
      const loop = `records: while (position < end && turns < max && !split.paused && !(split.watermark > limit)) `
      body.block(loop, record => {
        record.statement('start = position')
        record.statement('turns++')
        // A value that cannot be read shows when its record has been counted.
        let isCounted = false
        const onMalformed = (reason: string) =>
          `{ ${isCounted ? '' : 'count++; '}${malformed}(split, bytes, start, position, ${reason}); continue records }`
        const names = { bytes: 'bytes', position: 'position', end: 'end' }
        decoder.emitRecord(record, names, onMalformed, decoded => {
          const inner = record
          record.statement('count++')
          isCounted = true
          const value = (at: BlockScope, slot: number) => decoded.value(at, slot)
          const row = node.table.schema.map((c, i) =>
            isShared(node.table, i)
              ? new EmittedColumn(at => at.assign(c.name, `split.shared[${i}]`))
              : columnOf(trees[i], c.type, value),
          )
          if (branches)
            for (const [i, tree] of trees.entries()) prefetch(inner, row[i], slotsOf(tree))
          emitter.push(node, inner, { kind: decoded.kind ?? '0', columns: row })
        })
      })
    })
    scope.block('catch (error) ', caught => {
      caught.statement(`${failed}(split, bytes, start, position, error, undefined)`)
    })
    scope.statement('split.records += count')
    scope.statement('return position')
  })
}

/** Emits the function of a source that hands over rows; returns its name. */
export function emitRowsSource(emitter: TaskEmitter, node: SourceExec | ValuesExec): string {
  const { module, services } = emitter
  const failed = module.constant(services.recordFailed, 'recordFailed')
  const parameters = ['rows', 'kinds', 'position', 'end', 'limit', 'max', 'split']
  return module.addFunction('source', parameters, scope => {
    scope.statement('let count = 0, row')
    scope.block('try ', body => {
      body.block(
        `while (position < end && count < max && !split.paused && !(split.watermark > limit)) `,
        record => {
          record.statement('row = rows[position]')
          if (node.output !== 'append') record.statement('const kind = kinds ? kinds[position] : 0')
          record.statement('position++')
          record.statement('count++')
          const schema = node.kind === 'source' ? node.table.schema : node.schema
          const columns = schema.map(
            (c, i) => new EmittedColumn(at => at.assign(c.name, `row[${i}]`)),
          )
          emitter.push(node, record, { kind: node.output === 'append' ? '0' : 'kind', columns })
        },
      )
    })
    scope.block('catch (error) ', caught => {
      caught.statement(`${failed}(split, undefined, position - 1, position, error, row)`)
    })
    scope.statement('split.records += count')
    scope.statement('return position')
  })
}

/** A record that feeds several pipelines is decoded whole first, so that a malformed one reaches none of them. */
export function prefetch(
  scope: BlockScope,
  column: EmittedColumn | undefined,
  slots: readonly number[],
): void {
  if (!column || slots.length === 0) return
  if (!column.fields) {
    column.value(scope)
    return
  }
  for (const field of column.fields.values()) prefetch(scope, field, [0])
}
