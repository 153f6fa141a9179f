// Which phase a killed process was in, and when a run of kills proves nothing.

import { describe, expect, it } from 'vitest'
import { KillLog } from '../kill/kill-log.ts'
import { planKill } from '../kill/kill-plan.ts'
import { FAILPOINTS, PHASES, type Phase, PhaseTracker } from '../kill/phases.ts'
import { compareOutputs } from '../kill/program-output.ts'
import { randomOf } from '../kill/programs/flight-events.ts'

const EPOCH = [
  'batch-begun',
  'batch-processed',
  'epoch-cut',
  'epoch-prepared',
  'state.commit.before-write',
  'state.commit.before-sync',
  'state.commit.after-sync',
  'epoch-committed',
  'epoch-applied',
]

describe('the phase of a kill', () => {
  it('follows the protocol of an epoch', () => {
    const tracker = new PhaseTracker(false)
    const seen: string[] = [tracker.phase]
    for (const name of ['job.state-opened', 'job.opened', ...EPOCH]) {
      tracker.pass([name])
      if (seen.at(-1) !== tracker.phase) seen.push(tracker.phase)
    }
    expect(seen).toEqual([
      'restore',
      'idle',
      'mid-batch',
      'prepared',
      'stored-not-committed',
      'committed-not-cleaned',
      'idle',
    ])
  })

  it('is restore until the job is open, whatever the log repeats or a warehouse is given again', () => {
    const tracker = new PhaseTracker(true)
    tracker.pass(['state.commit.before-sync', 'job.state-opened', 'duckdb.apply.before-write'])
    expect(tracker.phase).toBe('restore')
    expect(tracker.isUnfinished).toBe(true)
  })

  it('counts committed rows that the warehouse has not got as unfinished work', () => {
    const tracker = new PhaseTracker(false)
    tracker.pass(['job.opened', ...EPOCH])
    expect([tracker.phase, tracker.isUnfinished]).toEqual(['idle', true])
    tracker.pass(['duckdb.apply.before-write', 'duckdb.apply.after-commit'])
    expect([tracker.phase, tracker.isUnfinished]).toEqual(['idle', false])
  })
})

describe('a run of kills', () => {
  const conclude = (phases: readonly Phase[], isUnfinished: boolean) => {
    const lines: string[] = []
    const log = new KillLog(line => lines.push(line))
    const plan = { kind: 'time', since: 'open', afterMs: 1 } as const
    for (const phase of phases) log.kill('flights', phase, isUnfinished, plan)
    log.pass('equal')
    return { code: log.conclude(), lines }
  }
  const everyPhase = Array.from({ length: 120 }, (_, i) => PHASES[i % PHASES.length] as Phase)

  it('passes when every phase has had its kills', () => {
    const { code, lines } = conclude(everyPhase, true)
    expect([code, lines.at(-1)]).toEqual([0, '121 passed, 0 failed'])
  })

  it('fails when a phase was hardly met', () => {
    const { code, lines } = conclude(
      [...everyPhase.filter(p => p !== 'prepared'), ...everyPhase.slice(0, 2)],
      true,
    )
    expect(code).toBe(1)
    expect(lines.join('\n')).toContain('FAILED: vacuous: less than 5 % of the kills in prepared')
  })

  it('fails when the kills landed on finished work', () => {
    expect(conclude(everyPhase, false).lines.at(-1)).toBe('121 passed, 1 failed')
  })

  it('is planned alike for the same seed, and seeks the phase that was met least', () => {
    const plans = (seed: number, kills: ReadonlyMap<Phase, number>) => {
      const random = randomOf(seed)
      return Array.from({ length: 200 }, () => planKill(random, kills))
    }
    expect(plans(7, new Map())).toEqual(plans(7, new Map()))
    const kills = new Map(PHASES.map((p): [Phase, number] => [p, p === 'prepared' ? 0 : 50]))
    const ofPrepared = FAILPOINTS.filter(f => f.phase === 'prepared').map(f => f.name)
    const sought = plans(7, kills).filter(
      p => p.kind === 'failpoint' && ofPrepared.includes(p.name),
    )
    expect(sought.length).toBeGreaterThan(40)
  })
})

describe('outputs', () => {
  it('differ by what is lost, doubled or out of order', () => {
    const expected = new Map([['t', ['a', 'b', 'b']]])
    expect(compareOutputs(expected, new Map([['t', ['a', 'b', 'b']]]))).toEqual([])
    expect(compareOutputs(expected, new Map([['t', ['b', 'a', 'b']]]))).toEqual([
      't: the rows are in another order',
    ])
    expect(compareOutputs(expected, new Map([['t', ['a', 'a', 'b']]]))).toEqual([
      't: 1 lost, 1 too many or wrong, of 3',
      '  lost: b',
      '  too many: a',
    ])
  })
})
