// The sink side of `filesystem`.

import type { SinkContext, SinkFactory, SinkWriter } from '../../../connector/sink.ts'
import { InternalError } from '../../../types/errors.ts'
import { FILE_SINK_OPTIONS } from './file-sink-options.ts'
import { FILE_SOURCE_OPTIONS, resolvePath } from './file-source.ts'
import { PartFileWriter } from './part-file-writer.ts'
import { createRollingPolicy } from './rolling-policy.ts'
import { SingleFileWriter } from './single-file-writer.ts'

/** Writes part files into a folder, or with `sink.single-file` one file; exactly once both. */
export const fileSink: SinkFactory = {
  connector: 'filesystem',
  options: [...FILE_SOURCE_OPTIONS, ...FILE_SINK_OPTIONS],
  takesFormat: true,
  accepts: () => ['append'],
  guarantee: () => 'exactly-once',
  create: createFileWriter,
}

function createFileWriter(context: SinkContext): SinkWriter {
  const { options, name } = context.table
  if (!context.encoder) throw new InternalError(`file sink "${name}" was given no encoder`)
  const path = resolvePath(options.get('path') ?? '', context.baseFolder)
  return options.get('sink.single-file')?.toLowerCase() === 'true'
    ? new SingleFileWriter(context, path, context.encoder)
    : new PartFileWriter(context, path, createRollingPolicy(options), context.encoder)
}
