// Where processes are killed: whatever goes otherwise than it was meant to, the shares come out above the least.

import { expect, it } from 'vitest'
import { KAFKA_PHASES, type KafkaPhase } from '../kill/kafka/kafka-phases.ts'
import { KillShares } from '../kill/kafka/kill-shares.ts'
import { randomOf } from '../kill/programs/flight-events.ts'

/** As many as a run makes by default: those that are asked for, lost disks, zombies and those that are ended before a kill. */
const KILLS = 55
const MORE = 2 * 20

/** Phases that a kill falls into by chance: short ones are rarely met, and few processes are found at rest. */
const CHANCES: readonly KafkaPhase[] = [
  ...Array<KafkaPhase>(7).fill('mid-batch'),
  ...(['prepared', 'stored-not-committed', 'idle'] as const),
]

/** Processes are killed, of which some die elsewhere than they were meant to. */
function killed(random: () => number, misses: number): KillShares {
  const shares = new KillShares()
  let isSomethingLeft = false
  for (let i = 0; i < KILLS || (shares.isShort && i < KILLS + MORE); i++) {
    const meant = shares.next(isSomethingLeft)
    const chance = CHANCES[Math.floor(random() * CHANCES.length)] as KafkaPhase
    const phase = random() < misses ? chance : meant
    const isOpening = phase === 'rebalance' || phase === 'restore'
    isSomethingLeft = isOpening ? isSomethingLeft : phase !== 'idle'
    shares.add(phase, isSomethingLeft)
  }
  return shares
}

it.each([0, 0.15, 0.3])('come out right though %d of the kills miss their phase', misses => {
  for (let seed = 1; seed <= 300; seed++)
    expect(killed(randomOf(seed), misses).reasonsVacuous(), `seed ${seed}`).toEqual([])
})

it('say when they prove nothing', () => {
  const shares = new KillShares()
  for (let i = 0; i < 60; i++) shares.add('mid-batch', i % 5 > 0)
  expect(shares.isShort).toBe(true)
  expect(shares.reasonsVacuous()).toEqual([
    ...KAFKA_PHASES.filter(p => p !== 'mid-batch').map(
      p => `vacuous: less than 5 % of the kills in ${p}`,
    ),
    'vacuous: less than 90 % of the kills on unfinished work',
  ])
})

it('are no matter of few kills', () => {
  const shares = new KillShares()
  for (let i = 0; i < 29; i++) shares.add('idle', false)
  expect([shares.isShort, shares.reasonsVacuous()]).toEqual([false, []])
})
