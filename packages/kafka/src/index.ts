// The public surface of @millrace/kafka.

import type { SinkFactory, SourceFactory } from 'millrace'
import { kafkaSinkFactory, upsertKafkaSinkFactory } from './sink/kafka-sink.ts'
import { kafkaSourceFactory, upsertKafkaSourceFactory } from './source/kafka-source.ts'

export { aclCommands } from './acls/acl-commands.ts'
export { type ClusterAcls, type RequiredAcl, requiredAcls } from './acls/required-acls.ts'
export {
  FencedError,
  ForeignGroupError,
  KafkaResponseError,
  KafkaSecurityError,
  KafkaUnreachableError,
  MalformedBatchError,
  RecordTooLargeError,
  UnknownOutcomeError,
  UnknownTopicError,
} from './kafka-errors.ts'

export type { GroupLag, PartitionLag } from './lag/group-lag.ts'
export type { CoordinatedTransaction, OpenTransaction } from './lag/open-transactions.ts'
export { lagOfGroup, lagOfProgram } from './lag/program-lag.ts'
export { transactionText } from './lag/transaction-text.ts'

/** All that the package adds to a program's connectors: `kafka` and `upsert-kafka`, to be read and written. */
export const kafkaFactories: {
  readonly sources: readonly SourceFactory[]
  readonly sinks: readonly SinkFactory[]
} = {
  sources: [kafkaSourceFactory, upsertKafkaSourceFactory],
  sinks: [kafkaSinkFactory, upsertKafkaSinkFactory],
}
