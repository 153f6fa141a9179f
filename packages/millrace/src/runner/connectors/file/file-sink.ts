// The sink side of `filesystem`.

import type { SinkContext, SinkFactory, SinkWriter } from '../../../connector/sink.ts'
import { FULL_LOOKUP_OPTIONS } from '../../../connector/lookup-options.ts'
import { InternalError, MillraceError } from '../../../types/errors.ts'
import { partitionColumns } from '../../../types/table-descriptor.ts'
import type { Value } from '../../../types/value.ts'
import { FILE_SINK_OPTIONS } from './file-sink-options.ts'
import { FILE_SOURCE_OPTIONS, resolvePath } from './file-source.ts'
import { PartFileWriter } from './part-file-writer.ts'
import { partitionFolder } from './partition-path.ts'
import { partitionWriter } from './partition-values.ts'
import { PartitionedFileWriter } from './partitioned-file-writer.ts'
import { createRollingPolicy } from './rolling-policy.ts'
import { SingleFileWriter } from './single-file-writer.ts'

/** Writes part files into a folder, or with `sink.single-file` one file; exactly once both. */
export const fileSink: SinkFactory = {
  connector: 'filesystem',
  options: [...FILE_SOURCE_OPTIONS, ...FILE_SINK_OPTIONS, ...FULL_LOOKUP_OPTIONS],
  takesFormat: true,
  takesPartitions: true,
  takesOverwrite: true,
  accepts: () => ['append'],
  guarantee: () => 'exactly-once',
  create: createFileWriter,
}

function createFileWriter(context: SinkContext): SinkWriter {
  const { options, name, partitionedBy = [] } = context.table
  const { encoder } = context
  if (!encoder) throw new InternalError(`file sink "${name}" was given no encoder`)
  const path = resolvePath(options.get('path') ?? '', context.baseFolder)
  const policy = createRollingPolicy(options)
  if (options.get('sink.single-file')?.toLowerCase() === 'true') {
    if (partitionedBy.length > 0 || context.overwrite) throw notInOneFile(context)
    return new SingleFileWriter(context, path, encoder)
  }
  if (partitionedBy.length === 0) return new PartFileWriter(context, path, policy, encoder)
  const names = partitionColumns(context.table).map(c => c.name)
  const textsOf = partitionWriter(context.table, context.timeZone ?? 'UTC')
  return new PartitionedFileWriter(context, {
    root: path,
    depth: partitionedBy.length,
    folderOf: row => partitionFolder(names, textsOf(partitionedBy.map(i => row[i] as Value))),
    createWriter: folder =>
      new PartFileWriter(context, folder, policy, encoder, { bufferBytes: PARTITION_BUFFER_BYTES }),
  })
}

/** There may be thousands. */
const PARTITION_BUFFER_BYTES = 4 << 10

function notInOneFile({ table, overwrite }: SinkContext): MillraceError {
  const what = overwrite ? 'INSERT OVERWRITE' : 'PARTITIONED BY'
  return new MillraceError(
    'MR_SQL_UNSUPPORTED',
    `${what} of table "${table.name}" needs a folder, but 'sink.single-file' makes it one file`,
    { remedy: "Take 'sink.single-file' away." },
  )
}
