// The physical plan: how each part is executed. Immutable; `kind` discriminates; a node may feed several others.

import type { GroupAggregateExec, WindowAggregateExec } from './nodes/aggregate-exec.ts'
import type {
  NormalizeExec,
  MaterializeExec,
  SetOperationExec,
  FinalizeExec,
  SinkExec,
} from './nodes/changelog-exec.ts'
import type {
  JoinExec,
  IntervalJoinExec,
  WindowJoinExec,
  TemporalJoinExec,
  KeyLookupJoinExec,
  LookupJoinExec,
} from './nodes/join-exec.ts'
import type {
  RankExec,
  DeduplicateExec,
  WindowRankExec,
  OverExec,
  MatchExec,
  LimitExec,
  SortExec,
} from './nodes/order-exec.ts'
import type { ProcessExec, SideOutputExec } from './nodes/process-exec.ts'
import type {
  SourceExec,
  ValuesExec,
  CalcExec,
  WatermarkExec,
  AsyncCallExec,
  UnionExec,
  UnnestExec,
} from './nodes/row-exec.ts'
import type {
  ProcessingClockExec,
  WindowAssignExec,
  SessionWindowExec,
  LateRowsExec,
} from './nodes/window-exec.ts'

export type ExecNode =
  | SourceExec
  | ValuesExec
  | NormalizeExec
  | MaterializeExec
  | CalcExec
  | WatermarkExec
  | UnionExec
  | SetOperationExec
  | AsyncCallExec
  | ProcessingClockExec
  | WindowAssignExec
  | SessionWindowExec
  | LateRowsExec
  | GroupAggregateExec
  | WindowAggregateExec
  | JoinExec
  | IntervalJoinExec
  | WindowJoinExec
  | TemporalJoinExec
  | KeyLookupJoinExec
  | LookupJoinExec
  | UnnestExec
  | RankExec
  | DeduplicateExec
  | WindowRankExec
  | OverExec
  | MatchExec
  | LimitExec
  | SortExec
  | FinalizeExec
  | ProcessExec
  | SideOutputExec
  | SinkExec

export type ExecKind = ExecNode['kind']
export type ExecOf<K extends ExecKind> = Extract<ExecNode, { readonly kind: K }>
