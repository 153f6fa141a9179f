// The list of passing cases, and the comparison under it with the suite's own stand-in engine.

import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compareCases } from '../compare-cases.ts'
import { formatPassingList, judgeResults, readPassingList } from '../passing-list.ts'

const pass = (id: string) => ({ id, ok: true, why: '' })
const fail = (id: string) => ({ id, ok: false, why: 'wrong row' })

describe('the list of passing cases', () => {
  it('fails a listed case that fails or is gone, and names an unlisted one that passes', () => {
    const results = [pass('g/a batch'), fail('g/b batch'), pass('g/c batch'), fail('g/d batch')]
    expect(judgeResults(results, ['g/a batch', 'g/b batch', 'g/z batch'], false)).toEqual({
      passed: ['g/a batch'],
      broken: [fail('g/b batch'), { id: 'g/z batch', ok: false, why: 'there is no such case' }],
      unlisted: ['g/c batch'],
    })
  })

  it('leaves listed cases alone that a partial run did not reach', () => {
    const verdict = judgeResults([pass('g/a batch')], ['g/a batch', 'g/b batch'], true)
    expect(verdict.broken).toEqual([])
  })

  it('writes what passes, keeps what did not run, and drops what fails', () => {
    const text = formatPassingList('# head', [pass('b'), fail('c'), pass('a')], ['z', 'c'])
    expect(text).toBe('# head\na\nb\nz\n')
    expect(readPassingList(text)).toEqual(['a', 'b', 'z'])
  })
})

describe('the comparison', () => {
  const fake = resolve(import.meta.dirname, '..', 'tools', 'fake_engine.mjs')
  const cases = {
    only: 'semantics/(order-by|agg-all-null)',
    halves: ['open'],
    expressions: false,
  } as const

  it('passes an engine that answers as recorded', () => {
    const engine = `'${process.execPath}' '${fake}' {file} {mode}`
    const results = compareCases({ engine, ...cases })
    expect(results.length).toBeGreaterThan(1)
    expect(results.filter(result => !result.ok)).toEqual([])
  })

  it('fails an engine that loses a row', () => {
    const engine = `'${process.execPath}' '${fake}' {file} {mode} --break row`
    const results = compareCases({ engine, ...cases })
    expect(results.filter(result => result.ok)).toEqual([])
  })

  it('does not take a crash for the rejection of a wrong statement', () => {
    const passes = (engine: string) =>
      compareCases({ engine, ...cases, only: 'errors/unknown' }).some(result => result.ok)
    expect(passes('(exit 1)')).toBe(true)
    expect(passes('(exit 2)')).toBe(false)
    expect(passes('(exit 0)')).toBe(false)
  })
})
