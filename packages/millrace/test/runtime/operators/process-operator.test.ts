// Process functions: keyed state, timers, side outputs, errors, and crashes.

import { describe, expect, it } from 'vitest'
import type { ProcessContext, ProcessFunction } from '../../../src/plan/process-function.ts'
import type { ListState, MapState, ValueState } from '../../../src/plan/state-handles.ts'
import { createJoinKey } from '../../../src/runtime/operators/joins/join-key.ts'
import type { Operator } from '../../../src/runtime/operator.ts'
import { ProcessOperator } from '../../../src/runtime/operators/process-operator.ts'
import type { Schema } from '../../../src/types/schema.ts'
import { types } from '../../../src/types/data-type.ts'
import type { Row, Value } from '../../../src/types/value.ts'
import { OperatorHarness, seeded } from './operator-harness.ts'

const inputSchema: Schema = [
  { name: 'user', type: types.string },
  { name: 'amount', type: types.bigint },
  { name: 'at', type: types.timestamp(3) },
]
const outputSchema: Schema = [
  { name: 'user', type: types.string },
  { name: 'total', type: types.bigint },
]

interface Event {
  readonly user: string
  readonly amount: bigint
  readonly at: number
}

interface Run extends OperatorHarness {
  readonly side: Row[]
  readonly failures: string[]
}

function run(definition: Partial<ProcessFunction>, now = { ms: 0 }): Run {
  const side: Row[] = []
  const failures: string[] = []
  const harness = new OperatorHarness(place => {
    const operator = new ProcessOperator({
      place,
      function: { name: 'totals', state: {}, sideOutputs: {}, onEvent: () => {}, ...definition },
      key: createJoinKey([types.string], [true], row => [row[0] as Value]),
      inputSchema,
      outputSchema,
      timeOf: row => row[2] as number,
      nowMs: () => now.ms,
      timerFailed: error => failures.push((error as Error).message),
    })
    operator.bindSideOutput('odd', (_, row) => side.push(row))
    return operator
  })
  return Object.assign(harness, { side, failures })
}

const state = <T>(context: ProcessContext, name: string) => context.state[name] as T

describe('a process function', () => {
  it('sees rows as objects, and keeps a value per key', () => {
    const totals = run({
      state: { total: { kind: 'value', type: types.bigint } },
      onEvent(value, context) {
        const { user, amount } = value as Event
        const total = state<ValueState<bigint>>(context, 'total')
        total.set((total.get() ?? 0n) + amount)
        context.emit({ user, total: total.get() })
      },
    })
    totals.send(0, '+I', 'ann', 2 ** 53 - 1, 0)
    totals.send(0, '+I', 'bob', 5, 0)
    totals.crash()
    totals.send(0, '+I', 'ann', 10, 0)
    expect(totals.take()).toEqual([
      '+I(ann, 9007199254740991)',
      '+I(bob, 5)',
      '+I(ann, 9007199254741001)',
    ])
    expect(totals.commit()).toBe(1)
  })

  it('fires timers in the order of their times, ties as they were set, after a crash too', () => {
    const fired: string[] = []
    const timers = run({
      onEvent(value, context) {
        const { at } = value as Event
        for (const delay of [30, 10, 20]) context.setTimer(at + delay)
        context.setTimer(at + 10)
        context.clearTimer(at + 20)
      },
      onTimer: context =>
        fired.push(`${String(context.key)}@${context.timestamp}/${context.watermark}`),
    })
    timers.send(0, '+I', 'ann', 0, 0)
    timers.send(0, '+I', 'bob', 0, 0)
    timers.crash()
    timers.watermark(9)
    expect(fired).toEqual([])
    timers.watermark(15)
    expect(fired).toEqual(['ann@10/15', 'bob@10/15'])
    timers.end()
    expect(fired.slice(2)).toEqual(['ann@30/Infinity', 'bob@30/Infinity'])
    expect(timers.operator.stats().stateEntries).toBe(0)
  })

  it('fires a timer that is due already once the callback returns, and awaits the next', () => {
    const fired: number[] = []
    const timers = run({
      onEvent(_, context) {
        context.setTimer(5)
        context.setTimer(150)
        expect(fired).toEqual([])
      },
      onTimer: context => fired.push(context.timestamp as number),
    })
    timers.watermark(100)
    timers.send(0, '+I', 'ann', 0, 0)
    expect(fired).toEqual([5])
    timers.watermark(150)
    expect(fired).toEqual([5, 150])
  })

  it('fires processing-time timers by the clock', () => {
    const fired: number[] = []
    const timers = run({
      onEvent: (_, context) => context.setTimer(context.now + 50, 'processing'),
      onTimer: context => fired.push(context.timestamp as number),
    })
    timers.send(0, '+I', 'ann', 0, 0)
    timers.crash()
    const operator: Operator = timers.operator
    expect(operator.processingDeadline).toBe(50)
    operator.advanceProcessingTime?.(49)
    expect(fired).toEqual([])
    operator.advanceProcessingTime?.(50)
    expect(fired).toEqual([50])
    expect(operator.processingDeadline).toBe(Number.POSITIVE_INFINITY)
  })

  it('keeps lists and maps in the order of insertion, writing only what has changed', () => {
    const seen: unknown[] = []
    const keeper = run({
      state: {
        list: { kind: 'list', type: types.string },
        map: { kind: 'map', key: types.string, value: types.int },
      },
      onEvent(value, context) {
        const { amount } = value as Event
        const list = state<ListState<string>>(context, 'list')
        const map = state<MapState<string, number>>(context, 'map')
        list.add(`e${amount}`)
        map.set(`k${9n - amount}`, Number(amount))
        map.delete('k7')
        seen.push([list.get(), [...map.entries()], map.size, map.has('k9')])
      },
    })
    for (const amount of [0, 1, 2]) {
      keeper.send(0, '+I', 'ann', amount, 0)
      expect(keeper.commit()).toBe(amount === 2 ? 1 : 2)
      keeper.crash()
    }
    expect(seen.at(-1)).toEqual([
      ['e0', 'e1', 'e2'],
      [
        ['k9', 0],
        ['k8', 1],
      ],
      2,
      true,
    ])
  })

  it('sends rows to side outputs', () => {
    const split = run({
      sideOutputs: { odd: outputSchema },
      onEvent(value, { emit, emitTo }) {
        const { user, amount } = value as Event
        if (amount % 2n === 1n) emitTo('odd', { user, total: amount })
        else emit({ user, total: amount })
      },
    })
    split.send(0, '+I', 'ann', 1, 0)
    split.send(0, '+I', 'ann', 2, 0)
    expect(split.take()).toEqual(['+I(ann, 2)'])
    expect(split.side).toEqual([['ann', 1]])
  })

  it('blames errors on the record, with their cause, and errors of timers on the key', () => {
    const failing = run({
      onEvent(value, context) {
        if ((value as Event).amount === 0n) throw new TypeError('no amount')
        context.setTimer(10)
      },
      onTimer: () => {
        throw new TypeError('bad timer')
      },
    })
    expect(() => failing.send(0, '+I', 'ann', 0, 0)).toThrow(
      expect.objectContaining({ code: 'MR_DATA_EVALUATION', cause: expect.any(TypeError) }),
    )
    failing.send(0, '+I', 'ann', 1, 0)
    failing.watermark(10)
    expect(failing.failures).toEqual(['onTimer of totals threw: bad timer'])
  })

  it('stops a function that sets timers for ever once the input has ended', () => {
    const periodic = run({
      onEvent: (_, context) => context.setTimer(10),
      onTimer: context => context.setTimer((context.timestamp as number) + 10),
    })
    periodic.send(0, '+I', 'ann', 1, 0)
    periodic.end()
    expect(periodic.failures).toEqual([
      'onTimer of totals goes on setting timers after the end of the input',
    ])
  })

  it('gives the same through random crashes as without', () => {
    const definition: Partial<ProcessFunction> = {
      state: {
        total: { kind: 'value', type: types.bigint },
        seen: { kind: 'map', key: types.int, value: types.int },
        recent: { kind: 'list', type: types.bigint },
      },
      onEvent(value, context) {
        const { amount, at } = value as Event
        const total = state<ValueState<bigint>>(context, 'total')
        total.set((total.get() ?? 0n) + amount)
        state<MapState<number, number>>(context, 'seen').set(Number(amount % 4n), at)
        const recent = state<ListState<bigint>>(context, 'recent')
        recent.set([...recent.get().slice(-3), amount])
        context.setTimer(at + Number(amount))
        if (amount % 5n === 0n) context.clearTimer(at + 3)
      },
      onTimer(context) {
        const parts = [
          context.timestamp,
          state<ValueState<bigint>>(context, 'total').get(),
          [...state<MapState<number, number>>(context, 'seen').entries()].join(' '),
          state<ListState<bigint>>(context, 'recent').get().join(' '),
        ]
        context.emit({ user: `${String(context.key)} ${parts.join(', ')}`, total: 0 })
        if ((context.timestamp as number) % 7 === 0)
          state<MapState<number, number>>(context, 'seen').clear()
      },
    }
    for (let seed = 1; seed <= 20; seed++) {
      const random = seeded(seed)
      const [steady, crashing] = [run(definition), run(definition)]
      for (let step = 0; step < 100; step++) {
        const row: Row = [`u${random(3)}`, random(12), step - random(5)]
        for (const r of [steady, crashing]) {
          r.send(0, '+I', ...row)
          r.watermark(step - 3)
        }
        if (random(8) === 0) crashing.crash()
      }
      for (const r of [steady, crashing]) r.end()
      expect(crashing.output).toEqual(steady.output)
      expect(steady.output.length).toBeGreaterThan(50)
    }
  })
})
