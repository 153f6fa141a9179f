// The public surface of Millrace: names written out.

// For connectors
export type { ChangelogMode } from './types/changelog-mode.ts'
export type { DataType, RowField } from './types/data-type.ts'
export { formatType, notNull, types } from './types/data-type.ts'
export { durationMs, formatDuration, tryParseDuration } from './types/duration.ts'
export type { ErrorCode } from './types/error-codes.ts'
export type { ErrorDomain, ErrorFacts, ErrorRetry } from './types/errors.ts'
export { assertNever, InternalError, MillraceError } from './types/errors.ts'
export { createMapKey, createRowKey, type MapKey } from './types/key-text.ts'
export type { OptionDefinition, OptionSchema } from './types/options.ts'
export type { Clock, Disk, FileHandle, FileInfo, Random, RuntimePorts } from './types/ports.ts'
export type { Column, Schema } from './types/schema.ts'
export type { TableDescriptor } from './types/table-descriptor.ts'
export type { Hybrid, Row, RowKind, RowKindCode, Value } from './types/value.ts'
export { DELETE, INSERT, ROW_KINDS, UPDATE_AFTER, UPDATE_BEFORE } from './types/value.ts'
export { InvalidOptionError, MissingOptionError } from './connector/option-errors.ts'
export { parseBytes } from './connector/option-values.ts'
export { ConnectorRegistry } from './connector/registry.ts'
export type {
  PreparedEpoch,
  RecoveredSink,
  SinkContext,
  SinkFactory,
  SinkGuarantee,
  SinkWriter,
} from './connector/sink.ts'
export { BinaryReader } from './state/binary-reader.ts'
export { BinaryWriter } from './state/binary-writer.ts'
export { createRowCodec, createValueCodec, type ValueCodec } from './state/value-codec.ts'
export { nodePorts } from './runner/node-ports.ts'
