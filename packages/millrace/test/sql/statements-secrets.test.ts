// Secrets of options stay out of what statements answer, and of messages about them.

import { describe, expect, it } from 'vitest'
import { InvalidOptionError } from '../../src/connector/option-errors.ts'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { loadScript } from '../../src/runner/load-script.ts'
import { withOptions } from '../../src/types/sensitive-options.ts'
import { revealedOption } from '../../src/types/table-descriptor.ts'

const load = (text: string) =>
  loadScript(text, { name: 'secrets', connectors: createBuiltInRegistry() })

it.each([
  "CREATE TABLE t (n INT) WITH ('connector' = 'blackhole', 'url' = 'http://a:hidden@b'); SHOW CREATE TABLE t",
  "CREATE CATALOG c WITH ('type' = 'generic_in_memory', 'password' = 'hidden'); SHOW CREATE CATALOG c",
  "CREATE CATALOG c WITH ('type' = 'generic_in_memory', 'password' = 'hidden'); DESCRIBE CATALOG EXTENDED c",
  "CREATE DATABASE d WITH ('password' = 'hidden'); DESCRIBE DATABASE EXTENDED d",
])('an answer has none: %s', statements => {
  const shown = JSON.stringify(load(`${statements};`).results)
  expect(shown).toContain('***')
  expect(shown).not.toContain('hidden')
})

describe('a message about SQL that does not parse has none', () => {
  it.each([
    ['on the same line', "CREATE TABLE t (n INT) WITH ('a.password' = 'hidden' 'b' = 'c');"],
    ['after a forgotten sign', "CREATE TABLE t (n INT) WITH ('a.password' 'hidden');"],
    ['that no quote ends', "CREATE TABLE t (n INT) WITH ('a.password' = 'hidden"],
    ['of several lines', "CREATE TABLE t (n INT) WITH ('a.secret' = 'BEGIN\nhidden' x);"],
    ['in an address', "CREATE TABLE t (n INT) WITH ('a' = 'http://me:hidden@b' x);"],
  ])('%s', (_, text) => {
    let error: unknown
    try {
      load(text)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toMatchObject({
      code: 'MR_SQL_SYNTAX',
      message: expect.not.stringContaining('hidden'),
    })
  })
})

it('a message about a wrong value shows nothing of a secret, and of an address neither user nor password', () => {
  const message = (option: string, value: string) =>
    new InvalidOptionError({ table: 't', option, value, expected: 'more' }).message
  expect(message('a.password', 'hidden')).toContain("is '***'")
  expect(message('url', 'ftp://me:hidden@b')).toContain("is 'ftp://***@b'")
})

it('an address with a password reaches whoever connects', () => {
  const table = { name: 't', schema: [], metadata: new Map(), primaryKey: [], connector: 'x' }
  const url = 'http://me:hidden@one,http://me:hidden@two'
  const given = withOptions({ ...table, options: new Map() }, [['url', url]])
  expect(given.options.get('url')).toBe('http://***@one,http://***@two')
  expect(revealedOption(given, 'url')).toBe(url)
})
