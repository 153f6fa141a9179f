// The public surface of Millrace: names written out.

import { setRunner } from './api/app-context.ts'
import { createBuiltInRegistry } from './runner/built-in-registry.ts'
import { embeddedRunner } from './runner/embedded-runner.ts'
import { programHost } from './runner/program-host.ts'
import { loadFunctionModules } from './runner/function-modules.ts'
import { explainStatement } from './runner/load-script.ts'
import { readSource } from './runner/read-source.ts'

setRunner({
  get runner() {
    return programHost()?.runner ?? embeddedRunner
  },
  createConnectors: createBuiltInRegistry,
  readSource,
  loadFunctions: loadFunctionModules,
  explainStatement,
})

// Programs
export { Millrace } from './api/millrace.ts'
export type { ExecuteResult, RunOptions, SqlTable, TableOptions } from './api/millrace.ts'
export type { ColumnsOfRow } from './api/sql/typed-query.ts'
export { GroupedTable } from './api/tables/grouped-table.ts'
export { Table } from './api/tables/table.ts'
export type { AnyTable, OrderBy } from './api/tables/table.ts'
export type { AggregateOptions } from './api/tables/grouped-table.ts'
export type { JoinOptions, LookupJoinOptions } from './api/tables/join-tables.ts'
export type { MatchFunctions, MatchOptions, MatchVariables } from './api/tables/match-rows.ts'
export type { Frame, FrameEdge, OverOptions } from './api/tables/over-frame.ts'
export { KeyedStream } from './api/streams/keyed-stream.ts'
export { Stream } from './api/streams/stream.ts'
export type { ToTableOptions, WatermarkSpec } from './api/streams/stream.ts'
export type { ProcessDefinition, ProcessingContext } from './api/streams/process-definition.ts'
export { list, map, value } from './api/streams/state-builder.ts'
export type { StateHandles, StateSpec, StateSpecs } from './api/streams/state-builder.ts'
export type { ListState, MapState, ValueState } from './plan/state-handles.ts'
export type { ActionOptions, ResultChange } from './api/actions.ts'
export type { IntoOptions } from './api/connections/write-table.ts'
export type { ConfigurationGroup } from './runner/job/job-configuration.ts'
export type {
  Board,
  BoardNumber,
  BoardPlace,
  BoardTile,
  BoardTone,
  FeedTile,
  FiguresTile,
  LinesTile,
  RankingTile,
  RoutesTile,
} from './connector/board.ts'
export type { Program, ProgramSettings } from './plan/program.ts'
export type {
  Change,
  ExplainOptions,
  RunControl,
  Runner,
  RunningJob,
  RunResult,
} from './plan/runner-port.ts'

// Columns and expressions
export { t } from './api/columns/schema-builder.ts'
export type { Columns, Kind, RowOf, SqlType, ValueOf } from './api/columns/sql-type.ts'
export type { TypeErrorMessage } from './api/columns/type-error-message.ts'
export type { AnyExpr, Expr, ExprsOf, Ordering, Projection } from './api/columns/expr.ts'
export type { Constant, DateUnit } from './api/columns/expression-functions.ts'
export {
  abs,
  caseWhen,
  ceil,
  charLength,
  coalesce,
  concat,
  dateFormat,
  extract,
  floor,
  fn,
  lit,
  lower,
  nullIf,
  nullOf,
  power,
  round,
  substring,
  timestampDiff,
  trim,
  upper,
} from './api/columns/expression-functions.ts'
export type { Aggregate, AggregateSelection, Grouping } from './api/columns/aggregates.ts'
export {
  agg,
  arrayAgg,
  avg,
  count,
  countDistinct,
  firstValue,
  groupingId,
  jsonArrayAgg,
  jsonObjectAgg,
  lastValue,
  listAgg,
  max,
  min,
  sum,
} from './api/columns/aggregates.ts'
export type { Position } from './api/columns/positions.ts'
export {
  cumeDist,
  denseRank,
  lag,
  lead,
  ntile,
  percentRank,
  rank,
  rowNumber,
} from './api/columns/positions.ts'
export type { UserFunction } from './api/functions/user-function.ts'
export type {
  AsyncFunctionSpec,
  AsyncPolicy,
  ScalarFunctionSpec,
  ScalarUserFunction,
} from './api/functions/scalar-function.ts'
export { asyncFunction, scalarFunction } from './api/functions/scalar-function.ts'
export type {
  AccumulatorOf,
  AggregateFunctionSpec,
  AggregateUserFunction,
} from './api/functions/aggregate-function.ts'
export { aggregateFunction } from './api/functions/aggregate-function.ts'
export type {
  TableCall,
  TableFunctionSpec,
  TableUserFunction,
} from './api/functions/table-function.ts'
export { tableFunction } from './api/functions/table-function.ts'
export { overloads } from './api/functions/overloads.ts'
export type { WindowColumns, WindowDefinition, WindowOptions } from './api/tables/windows.ts'
export { cumulate, hop, session, tumble } from './api/tables/windows.ts'

// Connections and formats
export type { ConnectorSpec } from './api/connections/connector-spec.ts'
export type {
  DatagenOptions,
  FieldGenerator,
  FilesOptions,
  UserChange,
} from './api/connections/connectors.ts'
export {
  blackhole,
  callback,
  datagen,
  files,
  live,
  memory,
  print,
} from './api/connections/connectors.ts'
export type { CsvOptions, FormatSpec, JsonOptions } from './api/connections/format-spec.ts'
export { csv, json, raw } from './api/connections/format-spec.ts'
export type { LookupAnswer, LookupFunction, LookupOptions } from './api/connections/lookup.ts'
export { lookup } from './api/connections/lookup.ts'
export type { PushSpec } from './api/connections/push.ts'
export { push } from './api/connections/push.ts'
export { Secret, secret } from './types/secret.ts'
export { isSensitive } from './types/text/sensitive-names.ts'

// For connectors
export type { KeyLookup, LookupContext } from './connector/lookup.ts'
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
export { revealedOption, type TableDescriptor } from './types/table-descriptor.ts'
export { listNames, proposal } from './types/unknown-name.ts'
export { toUserRow } from './types/user-value.ts'
export type { Hybrid, Row, RowKind, RowKindCode, Value } from './types/value.ts'
export { DELETE, INSERT, ROW_KINDS, UPDATE_AFTER, UPDATE_BEFORE } from './types/value.ts'
export { metadataCast } from './connector/metadata-cast.ts'
export { InvalidOptionError, MissingOptionError } from './connector/option-errors.ts'
export { parseBytes } from './connector/option-values.ts'
export type {
  EpochTransaction,
  ReadSource,
  TransactionEpoch,
} from './connector/epoch-transaction.ts'
export {
  type DeadLetter,
  LETTER_TOPIC,
  type LetterContext,
  type LetterWriter,
  type RecordOrigin,
} from './connector/dead-letter.ts'
export { letterPlaces, type LetterPlace } from './connector/letter-places.ts'
export type { OpenChangelog, StateChange, StateChangelog } from './connector/state-changelog.ts'
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
export type { DecodedRecord, DecodeRequest, DecodingFormat } from './format/decoder.ts'
export type { ReadTree, RecordDecoder, RecordNames } from './format/decoder.ts'
export type { EncodingFormat } from './format/encoder.ts'
export type { FormatPlace, PreparationContext, PrepareRecords } from './format/format-place.ts'
export type { CodeScope } from './functions/function-definition.ts'
export { canonical as canonicalInteger } from './types/integer.ts'
export { toDecimal as rescaleDecimal } from './types/decimal.ts'
export { jsonFormat } from './runner/formats/json/json-format.ts'
export { utf8Text } from './runner/formats/text/read-string.ts'
export { createRowCodec, createValueCodec, type ValueCodec } from './state/value-codec.ts'
export { createRowCells } from './runner/connectors/live/json-cells.ts'
export { nodePorts } from './runner/node-ports.ts'

// For what runs programs and looks into them
export { graphIds, type GraphEdge, type GraphNode, planGraph } from './compiler/plan-graph.ts'
export type { SinkContents } from './connector/sink.ts'
export { createBuiltInRegistry as createConnectors } from './runner/built-in-registry.ts'
export {
  embeddedRunner,
  type EmbeddedRun,
  EmbeddedRunner,
  type EmbeddedRunnerOptions,
  keepsState,
} from './runner/embedded-runner.ts'
export { type CompletionOptions, completions } from './runner/complete-sql.ts'
export { problemOf, AdHocQueries } from './runner/ad-hoc/ad-hoc-queries.ts'
export type {
  AdHocChange,
  AdHocOptions,
  AdHocQuery,
  SqlProblem,
} from './runner/ad-hoc/ad-hoc-queries.ts'
export type { AdHocTable } from './runner/ad-hoc/ad-hoc-catalog.ts'
export { functionForms } from './runner/function-forms.ts'
export { loadFunctionModules } from './runner/function-modules.ts'
export { importExport } from './runner/import-export.ts'
export {
  explainQueryPlan,
  type LoadedScript,
  type LoadScriptOptions,
  loadScript,
} from './runner/load-script.ts'
export { scriptTypes } from './runner/script-types.ts'
export type { Completion } from './sql/completion/completion.ts'
export type { StatementResult } from './sql/statements/statement-result.ts'
export { type ProgramHost, setProgramHost } from './runner/program-host.ts'
export type { OperatorStats } from './runtime/operator.ts'
export { canonicalValue } from './types/canonical-json.ts'

// For what evaluates plans apart from the engine, and for what runs the engine in a world of its own
export type { RecordKeys } from './connector/record-formats.ts'
export type {
  FramesBatch,
  JsonValue,
  Source,
  SourceBatch,
  SourceContext,
  SourceFactory,
  SourceSplit,
  SplitReader,
} from './connector/source.ts'
export type { SourceTrouble } from './connector/source-trouble.ts'
export { type HeldRecords, lagMs, type SplitLag } from './connector/split-lag.ts'
export { ByteWriter } from './format/byte-writer.ts'
export type { RecordEncoder } from './format/encoder.ts'
export { createBuiltInRegistry as createFunctions } from './functions/built-in.ts'
export {
  createAggregateCall,
  createCall,
  createColumn,
  createLiteral,
  createLogical,
} from './plan/create-expression.ts'
export {
  columnAt,
  createAggregate,
  createFilter,
  createJoin,
  createMatch,
  createProject,
  createRank,
  createScan,
  createSink,
  createSort,
  createTemporalJoin,
  createUnion,
  createUnnest,
  createWatermark,
  createWindow,
} from './plan/create-node.ts'
export { evaluateExpression } from './plan/evaluate-expression.ts'
export type { AggregateCall, Expression, NamedExpression, SortKey } from './plan/expression.ts'
export { isGreedyLoop } from './plan/match.ts'
export type { MatchExpressions, MatchPart, MatchPattern } from './plan/match.ts'
export type { JoinKind, PlanNode, SinkNode, WindowSpec } from './plan/node.ts'
export { printPlan } from './plan/print-plan.ts'
export { type ProgramTables, programTables } from './plan/program-tables.ts'
export { storedLetters } from './runner/state/stored-letters.ts'
export { DurableStateBackend } from './runner/state/durable-state-backend.ts'
export { type HeldLock, lockFolder } from './runner/state/state-lock.ts'
export { compareValues } from './types/compare.ts'
