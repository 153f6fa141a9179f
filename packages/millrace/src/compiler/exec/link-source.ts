// From a source's node to the function that processes its batches, by what its connector hands over.

import type { ConnectorRegistry } from '../../connector/registry.ts'
import { decodersOf } from '../../connector/table-formats.ts'
import type { BatchFunction } from '../../runtime/compiled-task.ts'
import { InternalError } from '../../types/errors.ts'
import type { SourceExec, ValuesExec } from '../nodes/row-exec.ts'
import type { TaskEmitter } from '../task-emitter.ts'
import { emitFramesSource, type FramesFunction } from './emit-frames-source.ts'
import {
  type BytesFunction,
  emitBytesSource,
  emitRowsSource,
  type RowsFunction,
} from './emit-source.ts'

/** Emits the source's code. What is returned can be called once the module runs. */
export function linkSource(
  emitter: TaskEmitter,
  node: SourceExec | ValuesExec,
  registry: ConnectorRegistry,
): BatchFunction {
  let process: BatchFunction | undefined
  const formats = node.kind === 'source' ? decodersOf(node.table, registry) : undefined
  if (node.kind !== 'source' || !formats)
    emitter.link<RowsFunction>(emitRowsSource(emitter, node), run => {
      process = (batch, from, limit, max, split) => {
        if (batch.kind !== 'rows') throw new InternalError(`a source of rows gave ${batch.kind}`)
        const { rows, kinds } = batch
        return run(rows as unknown[][], kinds, from, rows.length, limit, max, split)
      }
    })
  else {
    const { keys, recordMetadata } = registry.sources.get(node.table.connector) ?? {}
    if (keys) {
      const code = emitFramesSource(emitter, node, formats, {
        recordMetadata: recordMetadata ?? new Set(),
        deletesByKey: keys === 'primary',
      })
      emitter.link<FramesFunction>(code, run => {
        process = (batch, from, limit, max, split) => {
          if (batch.kind !== 'frames')
            throw new InternalError(`a source of frames gave ${batch.kind}`)
          return run(batch, from, batch.count, limit, max, split)
        }
      })
    } else
      emitter.link<BytesFunction>(emitBytesSource(emitter, node, formats.value), run => {
        process = (batch, from, limit, max, split) => {
          if (batch.kind !== 'bytes')
            throw new InternalError(`a source of bytes gave ${batch.kind}`)
          return run(batch.bytes, from, batch.end, limit, max, split)
        }
      })
  }
  return (...args) => (process as BatchFunction)(...args)
}
