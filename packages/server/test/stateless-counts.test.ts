import { describe, expect, it } from 'vitest'
import { type FlowCounts, withStateless } from '../src/stateless-counts.ts'

const flow = (recordsIn: number, recordsOut = recordsIn): FlowCounts => ({
  recordsIn,
  recordsOut,
  recordsInPerSecond: recordsIn / 10,
  recordsOutPerSecond: recordsOut / 10,
})
const edges = (...pairs: readonly string[]) =>
  pairs.map(p => ({ from: p.split('>')[0] as string, to: p.split('>')[1] as string }))

const nodes = (...ids: readonly string[]) => ids.map(id => ({ id, kind: id }))

describe('counts of nodes without state', () => {
  it('follow from what is above and below', () => {
    const counted = new Map([
      ['source', flow(100)],
      ['sink', flow(40)],
    ])
    const all = withStateless(
      nodes('source', 'filter', 'sink'),
      edges('source>filter', 'filter>sink'),
      counted,
    )
    expect(all.get('filter')).toEqual(flow(100, 40))
  })

  it('add up what enters a union', () => {
    const counted = new Map([
      ['a', flow(100)],
      ['b', flow(20)],
      ['sink', flow(120)],
    ])
    const all = withStateless(
      nodes('a', 'b', 'union', 'sink'),
      edges('a>union', 'b>union', 'union>sink'),
      counted,
    )
    expect(all.get('union')).toEqual(flow(120))
  })

  it('pass through a union whatever takes them', () => {
    const counted = new Map([
      ['a', flow(100)],
      ['b', flow(20)],
      ['join', flow(200)],
    ])
    const all = withStateless(
      nodes('a', 'b', 'union', 'join'),
      edges('a>union', 'b>union', 'union>join', 'b>join'),
      counted,
    )
    expect(all.get('union')).toEqual(flow(120))
  })

  it('are left open where they do not follow', () => {
    const counted = new Map([
      ['a', flow(100)],
      ['b', flow(20)],
      ['join', flow(90)],
    ])
    const all = withStateless(
      nodes('a', 'b', 'filter', 'join'),
      edges('a>filter', 'filter>join', 'b>join'),
      counted,
    )
    expect(all.has('filter')).toBe(false)
  })
})
