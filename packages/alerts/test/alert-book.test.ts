// When alerts are raised, cleared, grouped, repeated and kept quiet.

import { describe, expect, it } from 'vitest'
import type { AlertRules } from '../src/alert-rules.ts'
import { AlertBook, type StoredBook } from '../src/alert-book.ts'
import { parseMatcher, type Silence } from '../src/silence.ts'

const RULES: AlertRules = {
  forMs: 0,
  resolveDelayMs: 0,
  resolveAfterMs: 0,
  groupWaitMs: 30_000,
  groupIntervalMs: 300_000,
  repeatIntervalMs: 14_400_000,
  silences: [],
  maxAlerts: 100,
  maxNotifications: 100,
}

function bookOf(rules: Partial<AlertRules> = {}, stored?: StoredBook) {
  const settings = { name: 'delays', sinkId: 's', receivers: ['webhook'] }
  const book = new AlertBook({ ...settings, rules: { ...RULES, ...rules } }, stored ?? { run: 'r' })
  const raise = (key: string, nowMs: number, group = 'all') =>
    book.raise(key, { key, origin: group }, { origin: group }, nowMs)
  /** Decisions at a time, as text; each is delivered at once. */
  const told = (nowMs: number) =>
    book.tick(nowMs).map(n => {
      book.settle(n, 'delivered', nowMs)
      const keys = (all: typeof n.firing) => all.map(a => a.fields['key']).join(',')
      return `${n.status} +${keys(n.firing)} -${keys(n.resolved)}`
    })
  return { book, raise, told }
}

const silence = (text: string, fromMs: number, toMs: number): Silence => ({
  matchers: [parseMatcher(text) as Silence['matchers'][number]],
  fromMs,
  toMs,
})

describe('an alert', () => {
  it('is told once however often its row comes, after the group has waited', () => {
    const { raise, told } = bookOf()
    raise('a', 0)
    expect(told(0)).toEqual([])
    raise('a', 1_000)
    expect(told(29_999)).toEqual([])
    expect(told(30_000)).toEqual(['firing +a -'])
    raise('a', 31_000)
    expect(told(600_000)).toEqual([])
  })

  it('is told as resolved once it is cleared, and is then forgotten', () => {
    const { book, raise, told } = bookOf()
    raise('a', 0)
    told(0)
    told(30_000)
    book.clear('a', 40_000)
    expect(told(40_000)).toEqual([])
    expect(told(330_000)).toEqual(['resolved + -a'])
    told(630_000)
    expect(book.store()).toMatchObject({ alerts: [], groups: [] })
    expect(book.dueMs).toBe(Number.POSITIVE_INFINITY)
  })

  it('that is over before anybody was told is told to nobody', () => {
    const { book, raise, told } = bookOf()
    raise('a', 0)
    told(0)
    book.clear('a', 1_000)
    expect(told(30_000)).toEqual([])
    expect(book.store().alerts).toEqual([])
  })

  it('fires only when it has been raised for long enough without a break', () => {
    const { book, raise, told } = bookOf({ forMs: 60_000, groupWaitMs: 0 })
    raise('a', 0)
    told(0)
    expect(book.dueMs).toBe(60_000)
    book.clear('a', 59_000)
    raise('a', 59_500)
    expect(told(60_000)).toEqual([])
    expect(told(119_499)).toEqual([])
    expect(told(119_500)).toEqual(['firing +a -'])
  })

  it('does not flap within the resolve delay', () => {
    const { book, raise, told } = bookOf({
      resolveDelayMs: 10_000,
      groupWaitMs: 0,
      groupIntervalMs: 1,
    })
    raise('a', 0)
    expect(told(0)).toEqual(['firing +a -'])
    book.clear('a', 1_000)
    expect(told(5_000)).toEqual([])
    raise('a', 6_000)
    expect(told(20_000)).toEqual([])
    book.clear('a', 21_000)
    told(21_000)
    expect(told(30_999)).toEqual([])
    expect(told(31_000)).toEqual(['resolved + -a'])
  })

  it('without another row is resolved after its time', () => {
    const { raise, told } = bookOf({ resolveAfterMs: 60_000, groupWaitMs: 0, groupIntervalMs: 1 })
    raise('a', 0)
    expect(told(0)).toEqual(['firing +a -'])
    raise('a', 50_000)
    expect(told(109_999)).toEqual([])
    expect(told(110_000)).toEqual(['resolved + -a'])
  })

  it('of a full book is refused and counted; those that are known go on', () => {
    const { book, raise, told } = bookOf({ maxAlerts: 1, groupWaitMs: 0 })
    raise('a', 0)
    raise('b', 0)
    raise('a', 1)
    expect(told(1)).toEqual(['firing +a -'])
    expect(book.refused).toBe(1)
  })
})

describe('a group', () => {
  it('is told together, and of other groups apart', () => {
    const { raise, told } = bookOf()
    raise('a', 0, 'FRA')
    told(0)
    raise('b', 10_000, 'FRA')
    raise('c', 20_000, 'LHR')
    told(20_000)
    expect(told(30_000)).toEqual(['firing +a,b -'])
    expect(told(50_000)).toEqual(['firing +c -'])
  })

  it('tells what has changed after its interval, all that fires with it', () => {
    const { raise, told } = bookOf()
    raise('a', 0)
    told(0)
    told(30_000)
    raise('b', 31_000)
    expect(told(329_999)).toEqual([])
    expect(told(330_000)).toEqual(['firing +a,b -'])
  })

  it('is told again after the repeat interval while it fires', () => {
    const { raise, told } = bookOf({
      groupWaitMs: 0,
      groupIntervalMs: 60_000,
      repeatIntervalMs: 150_000,
    })
    raise('a', 0)
    expect(told(0)).toEqual(['firing +a -'])
    expect(told(60_000)).toEqual([])
    expect(told(120_000)).toEqual([])
    expect(told(180_000)).toEqual(['firing +a -'])
  })

  it('is told one notification at a time: the next holds what has changed since', () => {
    const { book, raise } = bookOf({ groupWaitMs: 0, groupIntervalMs: 10 })
    raise('a', 0)
    const [first] = book.tick(0)
    book.clear('a', 5)
    raise('b', 5)
    expect(book.tick(10)).toEqual([])
    book.settle(first as NonNullable<typeof first>, 'delivered', 15)
    expect(book.tick(20)).toMatchObject([
      { status: 'firing', firing: [{ fields: { key: 'b' } }], resolved: [{ resolvedMs: 5 }] },
    ])
  })

  it('waits for room when too many notifications are on their way, and loses nothing', () => {
    const { book, raise } = bookOf({ groupWaitMs: 0, maxNotifications: 1 })
    raise('a', 0, 'FRA')
    raise('b', 0, 'LHR')
    const [first, ...others] = book.tick(0)
    expect(others).toEqual([])
    expect(book.isFull).toBe(true)
    book.settle(first as NonNullable<typeof first>, 'delivered', 500)
    expect(book.tick(999)).toEqual([])
    expect(book.tick(1_000)).toMatchObject([{ firing: [{ fields: { key: 'b' } }] }])
  })

  it('whose notification was given up is told anew, under another key', () => {
    const { book, raise } = bookOf({ groupWaitMs: 0, groupIntervalMs: 10 })
    raise('a', 0)
    const [first] = book.tick(0)
    book.settle(first as NonNullable<typeof first>, 'given-up', 5)
    const [second] = book.tick(10)
    expect(second).toMatchObject({ firing: [{ fields: { key: 'a' } }] })
    expect(second?.id).not.toBe(first?.id)
    expect(book.givenUp).toBe(1)
  })

  it('lists a hundred alerts and says how many more there are', () => {
    const { book, raise } = bookOf({ groupWaitMs: 0, maxAlerts: 200 })
    for (let i = 0; i < 130; i++) raise(`a${i}`, 0)
    const [one] = book.tick(0)
    expect(one?.firing).toHaveLength(100)
    expect(one?.omitted).toBe(30)
  })
})

describe('a silence', () => {
  it('keeps alerts quiet that match, from its start to its end', () => {
    const silences = [silence('origin=F*A', 0, 400_000)]
    const { raise, told } = bookOf({ silences })
    raise('a', 0, 'FRA')
    raise('b', 0, 'LHR')
    told(0)
    expect(told(30_000)).toEqual(['firing +b -'])
    expect(told(330_000)).toEqual([])
    expect(told(630_000)).toEqual(['firing +a -'])
  })

  it('that has not begun keeps nothing quiet', () => {
    const { raise, told } = bookOf({ groupWaitMs: 0, silences: [silence('origin=all', 50, 100)] })
    raise('a', 0)
    expect(told(0)).toEqual(['firing +a -'])
  })

  it('over the end of an alert tells its end to nobody, later neither', () => {
    const silences = [silence('key=a', 35_000, 400_000)]
    const { book, raise, told } = bookOf({ silences })
    raise('a', 0)
    told(0)
    expect(told(30_000)).toEqual(['firing +a -'])
    book.clear('a', 40_000)
    expect(told(330_000)).toEqual([])
    expect(told(630_000)).toEqual([])
    expect(book.store().alerts).toEqual([])
  })

  it.each([
    ['key=a*b*c', 'axbyc', true],
    ['key=a*b*c', 'abc', true],
    ['key=a*b*c', 'ac', false],
    ['key=ab*ba', 'aba', false],
    ['key!=a*', 'abc', false],
    ['key != a*', 'bc', true],
    ['key=', '', true],
  ])('matches %s with "%s": %s', (matcher, key, isQuiet) => {
    const { book, raise } = bookOf({ groupWaitMs: 0, silences: [silence(matcher, 0, 1)] })
    raise(key, 0)
    expect(book.tick(0)).toHaveLength(isQuiet ? 0 : 1)
  })
})

describe('a stored book', () => {
  const again = (book: AlertBook) => JSON.parse(JSON.stringify(book.store())) as StoredBook

  it('goes on where it was: what was told is not told again, what was not is', () => {
    const { book, raise, told } = bookOf()
    raise('a', 0)
    told(0)
    told(30_000)
    raise('b', 31_000)
    book.tick(31_000)
    const restarted = bookOf({}, again(book))
    expect(restarted.told(31_500)).toEqual([])
    expect(restarted.told(330_000)).toEqual(['firing +a,b -'])
  })

  it('has what is on its way, under the same key', () => {
    const { book, raise } = bookOf({ groupWaitMs: 0 })
    raise('a', 0)
    const decided = book.tick(0)
    const restarted = bookOf({ groupWaitMs: 0 }, again(book))
    expect(restarted.book.pending).toEqual(decided)
    expect(restarted.book.tick(10)).toEqual([])
  })

  it('lets go of what receivers were told that are no more', () => {
    const { book, raise } = bookOf({ groupWaitMs: 0, groupIntervalMs: 10 })
    raise('a', 0)
    book.tick(0)
    const settings = { name: 'delays', sinkId: 's', receivers: ['email'] }
    const other = new AlertBook(
      { ...settings, rules: { ...RULES, groupWaitMs: 0, groupIntervalMs: 10 } },
      again(book),
    )
    expect(other.pending).toEqual([])
    expect(other.tick(10)).toMatchObject([{ receiver: 'email', firing: [{}] }])
  })
})
