// The regular join: kinds of join, NULL keys, retractions, and equality with a naive join over the whole history.

import { describe, expect, it } from 'vitest'
import type { JoinKind } from '../../../src/plan/node.ts'
import { createJoinKey } from '../../../src/runtime/operators/joins/join-key.ts'
import { JoinOperator } from '../../../src/runtime/operators/joins/join-operator.ts'
import type { SideIdentity } from '../../../src/runtime/operators/joins/join-side.ts'
import { types } from '../../../src/types/data-type.ts'
import type { Row, RowKind, Value } from '../../../src/types/value.ts'
import { materialize, OperatorHarness, seeded } from './operator-harness.ts'

const ROW_TYPES = [types.int, types.string]
const always = () => true

function joinOf(
  join: JoinKind,
  identity: SideIdentity = { kind: 'append' },
  matches: (l: Row, r: Row) => boolean = always,
  nullSafe = false,
): OperatorHarness {
  const key = createJoinKey([types.int], [nullSafe], row => [row[0] as Value])
  const side = { key, rowTypes: ROW_TYPES, identity }
  return new OperatorHarness(
    place => new JoinOperator({ place, join, left: side, right: side, matches }),
    2,
  )
}

describe('a regular join', () => {
  it('joins each row with all earlier rows of the other side', () => {
    const join = joinOf('inner')
    join.send(0, '+I', 1, 'a')
    join.send(1, '+I', 1, 'x')
    join.send(0, '+I', 1, 'b')
    join.send(1, '+I', 2, 'y')
    expect(join.take()).toEqual(['+I(1, a, 1, x)', '+I(1, b, 1, x)'])
  })

  it('never matches NULL keys, unless the equality is NULL-safe', () => {
    const join = joinOf('full')
    join.send(0, '+I', null, 'a')
    join.send(1, '+I', null, 'x')
    expect(join.take()).toEqual(['+I(null, a, null, null)', '+I(null, null, null, x)'])
    const safe = joinOf('inner', { kind: 'append' }, always, true)
    safe.send(0, '+I', null, 'a')
    safe.send(1, '+I', null, 'x')
    expect(safe.take()).toEqual(['+I(null, a, null, x)'])
  })

  it('takes a padded row back when its first match comes, and gives it again when the last one goes', () => {
    const join = joinOf('left', { kind: 'row' })
    join.send(0, '+I', 1, 'a')
    join.send(1, '+I', 1, 'x')
    join.send(1, '+I', 1, 'y')
    join.send(1, '-D', 1, 'x')
    join.send(1, '-D', 1, 'y')
    expect(join.take()).toEqual([
      '+I(1, a, null, null)',
      '-D(1, a, null, null)',
      '+I(1, a, 1, x)',
      '+I(1, a, 1, y)',
      '-D(1, a, 1, x)',
      '-D(1, a, 1, y)',
      '+I(1, a, null, null)',
    ])
  })

  it('passes updates through an inner join as updates', () => {
    const join = joinOf('inner', { kind: 'unique-key', columns: [0], upsert: false })
    join.send(0, '+I', 1, 'a')
    join.send(1, '+I', 1, 'x')
    join.send(1, '-U', 1, 'x')
    join.send(1, '+U', 1, 'y')
    expect(join.take()).toEqual(['+I(1, a, 1, x)', '-U(1, a, 1, x)', '+U(1, a, 1, y)'])
  })

  it('replaces the row of a key on an upsert side', () => {
    const join = joinOf('left', { kind: 'unique-key', columns: [0], upsert: true })
    join.send(0, '+I', 1, 'a')
    join.send(1, '+I', 1, 'x')
    join.send(1, '+U', 1, 'y')
    expect(materialize(join.output)).toEqual(['1|a|1|y'])
  })

  it('gives rows with a match to a semi join, and those without to an anti join', () => {
    const semi = joinOf('semi', { kind: 'row' })
    const anti = joinOf('anti', { kind: 'row' })
    for (const join of [semi, anti]) {
      join.send(0, '+I', 1, 'a')
      join.send(1, '+I', 1, 'x')
      join.send(1, '+I', 1, 'y')
      join.send(1, '-D', 1, 'x')
      join.send(1, '-D', 1, 'y')
    }
    expect(semi.take()).toEqual(['+I(1, a)', '-D(1, a)'])
    expect(anti.take()).toEqual(['+I(1, a)', '-D(1, a)', '+I(1, a)'])
  })

  it('writes one small entry for one new row of a key with many', () => {
    const join = joinOf('inner')
    for (let i = 0; i < 100; i++) join.send(0, '+I', 1, `row ${i}`)
    expect(join.commit()).toBe(100)
    join.send(0, '+I', 1, 'one more')
    expect(join.commit()).toBe(1)
  })

  it('writes nothing for a row that came and went within an epoch', () => {
    const join = joinOf('inner', { kind: 'row' })
    join.send(0, '+I', 1, 'a')
    join.send(0, '-D', 1, 'a')
    expect(join.commit()).toBe(0)
  })
})

describe('a join under random changes and crashes', () => {
  const kinds: readonly JoinKind[] = ['inner', 'left', 'right', 'full', 'semi', 'anti']
  for (const join of kinds)
    for (const identity of ['append', 'row'] as const)
      it(`equals the naive ${join} join, inputs ${identity}`, () => {
        for (let seed = 1; seed <= 25; seed++) runRandomly(join, identity, seed)
      })
})

function runRandomly(join: JoinKind, identity: 'append' | 'row', seed: number): void {
  const random = seeded(seed)
  const matches = (l: Row, r: Row) => (l[1] as string) + (r[1] as string) !== 'aa'
  const steady = joinOf(join, { kind: identity }, matches)
  const crashing = joinOf(join, { kind: identity }, matches)
  const history: [Row[], Row[]] = [[], []]
  for (let step = 0; step < 80; step++) {
    const input = random(2)
    const rows = history[input] as Row[]
    let kind: RowKind = '+I'
    let row: Row = [random(5) === 0 ? null : random(3), 'abc'[random(3)] as string]
    if (identity === 'row' && rows.length > 0 && random(3) === 0) {
      kind = '-D'
      row = rows.splice(random(rows.length), 1)[0] as Row
    } else rows.push(row)
    steady.send(input, kind, ...row)
    crashing.send(input, kind, ...row)
    if (random(10) === 0) crashing.crash()
  }
  expect(crashing.output).toEqual(steady.output)
  expect(materialize(steady.output)).toEqual(naiveJoin(join, history[0], history[1], matches))
}

function naiveJoin(
  join: JoinKind,
  left: readonly Row[],
  right: readonly Row[],
  matches: (l: Row, r: Row) => boolean,
): string[] {
  const pairs = (l: Row, r: Row) => l[0] !== null && l[0] === r[0] && matches(l, r)
  const rows: Row[] = []
  for (const l of left) {
    const found = right.filter(r => pairs(l, r))
    if (join === 'semi' ? found.length > 0 : join === 'anti' && found.length === 0) rows.push(l)
    if (join === 'semi' || join === 'anti') continue
    for (const r of found) rows.push([...l, ...r])
    if (found.length === 0 && (join === 'left' || join === 'full')) rows.push([...l, null, null])
  }
  if (join === 'right' || join === 'full')
    for (const r of right) if (!left.some(l => pairs(l, r))) rows.push([null, null, ...r])
  return rows.map(r => r.map(String).join('|')).toSorted()
}
