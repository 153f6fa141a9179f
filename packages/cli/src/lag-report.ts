// How far a group is behind, as a table, as JSON, and against limits.

import type { GroupLag, PartitionLag, transactionText } from '@millrace/kafka'
import { tableOf } from './text-table.ts'

export interface LagLimits {
  readonly records: number | undefined
  readonly seconds: number | undefined
}

/** A partition each, what holds its records back below. */
export function lagText(
  { groupId, brokers, partitions }: GroupLag,
  describe: typeof transactionText,
  nowMs: number,
): string {
  const rows = partitions.map(p => [
    p.topic,
    `${p.partition}`,
    figure(p.committed),
    figure(p.end),
    figure(p.records),
    p.lagMs === undefined ? '–' : `${(p.lagMs / 1000).toFixed(1)} s`,
    figure(p.highWatermark - p.end),
  ])
  const lines = [`group ${groupId} at ${brokers.join(', ')}`, ...tableOf(HEADS, rows)]
  if (partitions.length === 0) lines.push('It has committed no offsets.')
  const unread = partitions.filter(p => p.committed === undefined)
  if (unread.length > 0)
    lines.push(`The group has committed no offset of ${unread.map(nameOf).join(', ')}.`)
  for (const p of partitions) {
    if (p.lost > 0)
      lines.push(
        `${nameOf(p)}: ${counted(p.lost)} went before being read: the topic keeps no more.`,
      )
    if (!p.heldBy) continue
    const { fact, remedy } = describe(p.heldBy, brokers, nowMs)
    lines.push(`${nameOf(p)}: ${fact}.`, `  ${remedy}`)
  }
  return `${lines.join('\n')}\n`
}

const HEADS = ['topic', 'partition', 'committed', 'end', 'behind', 'behind by', 'held back']

/** As data: producer ids are strings, as they may be beyond what JSON's numbers hold. */
export function lagJson(lag: GroupLag): unknown {
  return {
    ...lag,
    partitions: lag.partitions.map(({ heldBy, ...p }) => ({
      ...p,
      ...(heldBy && { heldBy: { ...heldBy, producerId: `${heldBy.producerId}` } }),
    })),
  }
}

/** What goes beyond a limit, a sentence each. Where it is not known how far a partition is behind, limits do not hold. */
export function exceeded({ partitions }: GroupLag, { records, seconds }: LagLimits): string[] {
  return partitions.flatMap(p => {
    const isUnknown = p.committed === undefined && p.records === undefined
    if (isUnknown && (records ?? seconds) !== undefined)
      return [`${nameOf(p)} has records, and no offset of it is committed.`]
    const texts: string[] = []
    if (records !== undefined && (p.records ?? 0) > records)
      texts.push(`${nameOf(p)} is ${counted(p.records)} behind, more than ${records}.`)
    if (seconds !== undefined && (p.lagMs ?? 0) > seconds * 1000)
      texts.push(
        `${nameOf(p)} is ${((p.lagMs as number) / 1000).toFixed(1)} s behind, more than ${seconds}.`,
      )
    return texts
  })
}

const nameOf = ({ topic, partition }: PartitionLag): string => `${topic}-${partition}`
const figure = (n: number | undefined): string =>
  n === undefined ? '–' : n.toLocaleString('en-US')

const counted = (n: number | undefined): string => `${figure(n)} record${n === 1 ? '' : 's'}`
