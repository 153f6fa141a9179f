// The options of writing files, by Flink's names where it has them.

import type { OptionSchema } from '../../../types/options.ts'

export const FILE_SINK_OPTIONS: OptionSchema = [
  {
    name: 'sink.rolling-policy.file-size',
    type: 'memory',
    default: '128 mb',
    description: 'A file this large is published and the next one begun.',
  },
  {
    name: 'sink.rolling-policy.rollover-interval',
    type: 'duration',
    default: '30 min',
    description: 'A file open for this long is published.',
  },
  {
    name: 'sink.rolling-policy.inactivity-interval',
    type: 'duration',
    default: '30 min',
    description: 'A file without new rows for this long is published.',
  },
  {
    name: 'sink.rolling-policy.check-interval',
    type: 'duration',
    default: '1 min',
    description: 'Accepted for Flink; the intervals are checked at every epoch.',
  },
  {
    name: 'sink.single-file',
    type: 'boolean',
    default: 'false',
    description:
      'Write one file under the name that `path` gives, rows appended exactly once; never rolled.',
  },
]
