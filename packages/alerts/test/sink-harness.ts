// An alert sink driven as the runtime does, on a clock that the test turns, with a commit in memory.

import { INSERT, nodePorts, type Row, type RowKindCode, type SinkWriter, types } from 'millrace'
import { alert, type AlertOptions, alertSinkFactory } from '../src/index.ts'
import { TurnedClock } from './turned-clock.ts'

const STRING = { ...types.string, nullable: false }
export const SCHEMA = [
  { name: 'origin', type: STRING },
  { name: 'note', type: types.string },
]

export interface DrivenSink {
  readonly writer: SinkWriter
  readonly clock: TurnedClock
  readonly printed: string[]
  /** What the last commit holds. */
  readonly state: Uint8Array | undefined
  /** An epoch with these changes; `isCommitted` false: the process dies before the commit. */
  epoch(changes?: readonly (readonly [RowKindCode, Row])[], isCommitted?: boolean): Promise<void>
  raise(...row: readonly string[]): Promise<void>
}

export async function openSink(
  options: AlertOptions,
  recovered?: Uint8Array,
  clock = new TurnedClock(),
): Promise<DrivenSink> {
  const connection = alert('delays', options)
  const entries = Object.entries(connection.options)
  const printed: string[] = []
  const writer = alertSinkFactory.create({
    table: {
      name: 'delays',
      schema: SCHEMA,
      metadata: new Map(),
      primaryKey: [0],
      connector: 'alert',
      options: new Map(entries.map(([name, value]) => [name, String(value)])),
      secrets: new Map(
        entries.flatMap(([name, value]) => (typeof value === 'string' ? [] : [[name, value]])),
      ),
    },
    // No chance: pauses are at their longest.
    ports: { ...nodePorts(), clock, random: { next: () => 1 } },
    epochMs: 200,
    program: 'test',
    baseFolder: '.',
    sinkId: 'sink-delays',
    changelogMode: 'upsert',
    upsertKey: [0],
    isDurable: true,
    print: line => printed.push(line),
  })
  await writer.open({ ...(recovered && { state: recovered }), outboxes: [] })
  let state = recovered
  let epoch = 0
  const sink: DrivenSink = {
    writer,
    clock,
    printed,
    get state() {
      return state
    },
    async epoch(changes = [], isCommitted = true) {
      for (const [kind, row] of changes) writer.write(kind, row)
      writer.cut(++epoch, false)
      const prepared = await writer.prepare(epoch)
      if (!isCommitted) return
      state = prepared.state ?? state
      await writer.apply(epoch)
    },
    raise: (...row) => sink.epoch([[INSERT, [...row]]]),
  }
  return sink
}
