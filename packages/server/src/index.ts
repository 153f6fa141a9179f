// The public surface of @millrace/server.

export { embeddedJobView } from './embedded-job-view.ts'
export {
  type JobReport,
  type RelayedJobView,
  relayedJobView,
  reportJob,
} from './relayed-job-view.ts'
export { type SwitchingJobView, switchingJobView } from './switching-job-view.ts'
export { type RunningServer, type ServerOptions, startServer } from './server.ts'
export type { AccessTokens } from './access/tokens.ts'
export { WeakTokenError } from './access/tokens.ts'
export { type TlsFiles, TlsFilesError } from './access/tls.ts'
export type { Role } from './access/roles.ts'
export { PortInUseError, TokenMissingError } from './server-errors.ts'
export { prometheusText } from './prometheus-text.ts'
export type {
  Cell,
  DeadLetter,
  EpochStatus,
  JobState,
  JobStatus,
  JobView,
  MetricFamily,
  MetricSample,
  OperatorKind,
  OperatorStatus,
  PlanEdge,
  PlanGraph,
  PlanNode,
  SinkStatus,
  SourceStatus,
  TableContents,
} from './job-view.ts'
export type {
  Board,
  BoardNumber,
  BoardPlace,
  BoardTile,
  BoardTone,
  ConfigurationGroup,
  FeedTile,
  FiguresTile,
  LinesTile,
  RankingTile,
  RoutesTile,
} from 'millrace'
export type { StatusSample } from './status-history.ts'
