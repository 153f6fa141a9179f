// The public surface of @millrace/kafka.

export {
  FencedError,
  KafkaResponseError,
  KafkaSecurityError,
  KafkaUnreachableError,
  MalformedBatchError,
  RecordTooLargeError,
  UnknownOutcomeError,
  UnknownTopicError,
} from './kafka-errors.ts'
export { kafkaSourceFactory, upsertKafkaSourceFactory } from './source/kafka-source.ts'

import type { SinkFactory, SourceFactory } from 'millrace'
import { kafkaSourceFactory, upsertKafkaSourceFactory } from './source/kafka-source.ts'

/** All that the package adds to a program's connectors. */
export const kafkaFactories: {
  readonly sources: readonly SourceFactory[]
  readonly sinks: readonly SinkFactory[]
} = { sources: [kafkaSourceFactory, upsertKafkaSourceFactory], sinks: [] }
