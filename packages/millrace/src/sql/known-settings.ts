// The options that SET knows: those with an effect, and those of Flink that are accepted so that its scripts run.

import { tryParseDuration } from '../types/duration.ts'

/** What a value must be, as a sentence, when it is not. */
export type SettingCheck = (value: string) => string | undefined

const duration: SettingCheck = value =>
  tryParseDuration(value) === undefined
    ? "It takes a duration such as '1 h' or '500 ms'."
    : undefined
const interval: SettingCheck = value =>
  (tryParseDuration(value) ?? 0) > 0
    ? undefined
    : "It takes a duration above zero such as '1 s' or '50 ms'."
const boolean: SettingCheck = value =>
  /^(true|false)$/i.test(value) ? undefined : "It takes 'true' or 'false'."
const oneOf =
  (...values: readonly string[]): SettingCheck =>
  value =>
    values.includes(value.toLowerCase())
      ? undefined
      : `It takes ${values.map(v => `'${v}'`).join(' or ')}.`
const positive: SettingCheck = value =>
  /^[1-9]\d*$/.test(value) ? undefined : 'It takes a positive integer.'
const anything: SettingCheck = () => undefined

const timeZone: SettingCheck = value => {
  if (value === 'default') return undefined
  try {
    new Intl.DateTimeFormat('en', { timeZone: value.replace(/^(?:GMT|UTC)(?=[+-])/, '') })
    return undefined
  } catch {
    return "It takes a zone such as 'Europe/Berlin', 'UTC' or 'GMT+02:00'."
  }
}

/** With an effect. */
export const EFFECTIVE_SETTINGS: ReadonlyMap<string, SettingCheck> = new Map([
  ['execution.runtime-mode', oneOf('streaming', 'batch', 'automatic')],
  ['table.local-time-zone', timeZone],
  ['table.allowed-lateness', duration],
  ['table.exec.state.ttl', duration],
  ['table.exec.source.idle-timeout', duration],
  ['table.exec.source.cdc-events-duplicate', boolean],
  ['table.exec.sink.upsert-materialize', oneOf('auto', 'none', 'force')],
  ['table.exec.sink.require-on-conflict', boolean],
  ['table.exec.sink.not-null-enforcer', oneOf('error', 'drop')],
  ['table.exec.sink.type-length-enforcer', oneOf('ignore', 'trim_pad', 'error')],
  ['table.optimizer.join-reorder-enabled', boolean],
  ['table.exec.sink.nested-constraint-enforcer', oneOf('ignore', 'rows', 'rows_and_collections')],
  ['parallelism.default', positive],
  ['table.exec.async-lookup.buffer-capacity', positive],
  ['table.exec.async-lookup.timeout', duration],
  ['state.changelog.enabled', boolean],
  ['state.changelog.topic', anything],
  ['epoch.interval', interval],
  ['stall-timeout', duration],
  ['bad-records', oneOf('fail', 'skip', 'dead-letter')],
  ['dead-letter.topic', anything],
])

/** Accepted: what they choose has no counterpart, or is always so. */
export const ACCEPTED_SETTINGS: ReadonlyMap<string, SettingCheck> = new Map([
  ['pipeline.name', anything],
  ['pipeline.max-parallelism', positive],
  ['pipeline.object-reuse', boolean],
  ['pipeline.auto-watermark-interval', duration],
  ['pipeline.operator-chaining.enabled', boolean],
  ['execution.checkpointing.interval', duration],
  ['execution.checkpointing.mode', oneOf('exactly_once', 'at_least_once')],
  ['execution.checkpointing.timeout', duration],
  ['execution.checkpointing.min-pause', duration],
  ['execution.checkpointing.storage', anything],
  ['execution.checkpointing.dir', anything],
  ['execution.savepoint.path', anything],
  ['execution.attached', boolean],
  ['execution.target', anything],
  ['execution.shutdown-on-attached-exit', boolean],
  ['restart-strategy.type', anything],
  ['restart-strategy.fixed-delay.attempts', positive],
  ['restart-strategy.fixed-delay.delay', duration],
  ['state.backend.type', anything],
  ['state.backend.incremental', boolean],
  ['state.checkpoints.dir', anything],
  ['state.savepoints.dir', anything],
  ['table.dml-sync', boolean],
  ['table.plan.force-recompile', boolean],
  ['table.sql-dialect', oneOf('default')],
  ['table.display.max-column-width', positive],
  ['table.exec.mini-batch.enabled', boolean],
  ['table.exec.mini-batch.allow-latency', duration],
  ['table.exec.mini-batch.size', positive],
  ['table.exec.resource.default-parallelism', anything],
  ['table.exec.async-lookup.output-mode', oneOf('ordered', 'allow_unordered')],
  ['table.exec.async-scalar.max-concurrent-operations', positive],
  ['table.exec.async-scalar.timeout', duration],
  ['table.exec.sink.keyed-shuffle', oneOf('auto', 'none', 'force')],
  ['table.exec.legacy-cast-behaviour', oneOf('enabled', 'disabled')],
  ['table.exec.rank.topn-cache-size', positive],
  ['table.exec.spill-compression.enabled', boolean],
  ['table.exec.window-agg.buffer-size-limit', positive],
  ['table.exec.deduplicate.mini-batch.compact-changes-enabled', boolean],
  ['table.exec.interval-join.min-cleanup-interval', duration],
  ['table.optimizer.agg-phase-strategy', oneOf('auto', 'one_phase', 'two_phase')],
  ['table.optimizer.distinct-agg.split.enabled', boolean],
  ['table.optimizer.distinct-agg.split.bucket-num', positive],
  ['table.optimizer.join.broadcast-threshold', anything],
  ['table.optimizer.multiple-input-enabled', boolean],
  ['table.optimizer.reuse-sub-plan-enabled', boolean],
  ['table.optimizer.reuse-source-enabled', boolean],
  ['table.optimizer.reuse-sink-enabled', boolean],
  ['table.optimizer.source.predicate-pushdown-enabled', boolean],
  ['table.optimizer.dynamic-filtering.enabled', boolean],
  ['table.optimizer.nonuniform-distribution.enabled', boolean],
  ['table.optimizer.multi-join.enabled', boolean],
  ['table.optimizer.delta-join.strategy', oneOf('auto', 'force', 'none')],
  ['table.optimizer.non-deterministic-update.strategy', oneOf('ignore', 'try_resolve')],
  ['sql-client.execution.result-mode', oneOf('table', 'changelog', 'tableau')],
  ['sql-client.execution.max-table-result.rows', positive],
  ['sql-client.display.color-schema', anything],
  ['sql-client.verbose', boolean],
])
