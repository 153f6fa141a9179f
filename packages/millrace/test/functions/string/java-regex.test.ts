// Java's regular expressions: its syntax and classes, and bounded time.

import { describe, expect, it } from 'vitest'
import { JavaRegex, regexOf } from '../../../src/functions/string/java-regex.ts'

const all = (pattern: string, text: string): (string | null)[] =>
  Array.from(new JavaRegex(pattern).matches(text), m => m.groups[0] ?? null)

describe("Java's regular expressions", () => {
  it.each([
    ['\\d+', 'a1 ٣ 22', ['1', '22']], // ASCII digits only
    ['\\p{Alpha}+', 'abc1é', ['abc']],
    ['\\p{L}+', 'abc1é', ['abc', 'é']],
    ['[a-z&&[^aeiou]]+', 'banane', ['b', 'n', 'n']],
    ['[a-c[x-z]]+', 'abxy-q', ['abxy']],
    ['\\Qa.b\\E', 'a.b axb', ['a.b']],
    ['(?i)ab', 'AB aB', ['AB', 'aB']],
    ['a(?i:b)', 'aB ab AB', ['aB', 'ab']],
    ['(?<x>a)\\k<x>', 'aa', ['aa']],
    ['(a|ab)+c', 'ababc', ['ababc']],
    ['.', 'a\n😀', ['a', '😀']],
    ['x$', 'x\n', ['x']],
    ['a++b', 'aab', ['aab']],
    ['\\u0041\\x42', 'AB', ['AB']],
    ['[\\]\\-]', ']-', [']', '-']],
    ['a{2,3}', 'aaaaa', ['aaa', 'aa']],
    ['(?<=a)b(?!c)', 'abc ab', ['b']],
    ['^', 'ab', ['']],
  ])('match %s in %j', (pattern, text, found) => {
    expect(all(pattern, text)).toEqual(found)
  })

  it.each(['(', ')', '[a', '*a', 'a{2', '\\q', '(?z)', '[z-a]', '\\p{Nope}', '(?<1>a)'])(
    'refuse %s',
    pattern => {
      expect(regexOf(pattern)).toBeUndefined()
    },
  )

  it('give the groups of each match, null for one that took no part', () => {
    expect(new JavaRegex('(a)|(b)').find('b')).toEqual({
      start: 0,
      end: 1,
      groups: ['b', null, 'b'],
    })
  })

  it.each([
    ['(a+)+b', 'a'.repeat(30_000)],
    ['(a|aa)+$', `${'a'.repeat(30_000)}b`],
    ['(.*)(.*)(.*)x', 'y'.repeat(5_000)],
    ['.*.*=.*', 'x'.repeat(5_000)],
  ])('answer %s in bounded time', (pattern, text) => {
    const start = performance.now()
    expect(new JavaRegex(pattern).test(text)).toBe(false)
    expect(performance.now() - start).toBeLessThan(5_000)
  })

  it('refuse a back reference that could take exponentially long, with the reason', () => {
    expect(() => new JavaRegex('(a+)+\\1').test('aaaa')).toThrow(/exponentially long/)
  })

  it('agree between the two engines', () => {
    const long = 'key=value,'.repeat(2_000) // beyond what V8 is given for this pattern
    const regex = new JavaRegex('(\\w+)=(\\w+)')
    const matches = [...regex.matches(long)]
    expect(matches.length).toBe(2_000)
    expect(matches[1]).toEqual({ start: 10, end: 19, groups: ['key=value', 'key', 'value'] })
    expect(regex.replaceAll(long, '$1')).toBe('$1,'.repeat(2_000))
  })
})
