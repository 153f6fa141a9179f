// The public surface of @millrace/kafka.

export { aclCommands } from './acls/acl-commands.ts'
export { type ClusterAcls, type RequiredAcl, requiredAcls } from './acls/required-acls.ts'
export { type Kafka, type KafkaGroup, type KafkaOptions, kafka } from './api/kafka.ts'
export type { Token, TokenProvider } from './client/token.ts'
export type {
  KafkaClientCredentials,
  KafkaPassword,
  KafkaSasl,
  KafkaSecurity,
  KafkaTls,
  KafkaToken,
} from './api/security.ts'
export type {
  EndPosition,
  KafkaMetadata,
  Partitioner,
  StartPosition,
  TopicKey,
  TopicOptions,
  UpsertTopicOptions,
} from './api/topic-options.ts'
export type { CustomPartitioner, PartitionedRecord } from './options/partitioner-options.ts'
export type { FoundLetter } from './dead-letters/letter-headers.ts'
export { lettersOfProgram } from './dead-letters/program-letters.ts'
export { letterId } from './dead-letters/read-letters.ts'
export { replayLetters } from './dead-letters/replay-letters.ts'
export { kafkaFactories } from './kafka-factories.ts'
export {
  DataLostError,
  FencedError,
  ForeignGroupError,
  KafkaResponseError,
  KafkaSecurityError,
  KafkaUnreachableError,
  MalformedBatchError,
  PartitionError,
  RecordTooLargeError,
  TokenError,
  UnknownOutcomeError,
  UnknownTopicError,
} from './kafka-errors.ts'
export type { GroupLag, PartitionLag } from './lag/group-lag.ts'
export type { CoordinatedTransaction, OpenTransaction } from './lag/open-transactions.ts'
export { lagOfGroup, lagOfProgram } from './lag/program-lag.ts'
export { transactionText } from './lag/transaction-text.ts'
