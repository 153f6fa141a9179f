// Conditions and functions in JSON paths: what passes, what binds first, what is malformed.

import { describe, expect, it } from 'vitest'
import { JsonPathError, jsonPathOf, readPath } from '../../../src/functions/json/json-path.ts'
import { parseJson, writeJson } from '../../../src/functions/json/json-value.ts'

const GOODS = '{"goods":[{"k":"a","n":1},{"k":"b","n":2.5},{"k":"c"},{"k":"A","n":null}]}'

const keysWhere = (condition: string): string =>
  writeJson(readPath(jsonPathOf(`$.goods[?(${condition})].k`), parseJson(GOODS)))

describe('a condition in a JSON path', () => {
  it.each([
    ['@.n > 1', '["b"]'],
    ['@.n >= 1 && @.n < 2', '["a"]'],
    ["@.k == 'c' || @.n == 1", '["a","c"]'],
    ["@.k == 'a' || @.k == 'b' && @.n > 9", '["a"]'],
    ["(@.k == 'a' || @.k == 'b') && @.n > 1", '["b"]'],
    ['@.n', '["a","b","A"]'],
    ['!@.n', '["c"]'],
    ['@.n == null', '["A"]'],
    ['@.n != 1', '["b","c","A"]'],
    ['@.k =~ /a/i', '["a","A"]'],
    ["@.k > 'a'", '["b","c"]'],
    ["@.n > 'a'", '[]'],
  ])('%s passes %s', (condition, passed) => {
    expect(keysWhere(condition)).toBe(passed)
  })

  it.each(['@.n >', '@.n ==== 1', '(@.n > 1', '@.n in [1]', ''])('refuses "%s"', condition => {
    expect(() => keysWhere(condition)).toThrow(JsonPathError)
  })
})

describe('a function at the end of a JSON path', () => {
  it.each([
    ['$.a.length()', '3'],
    ['$.a.max()', '9.0'],
    ['$.a.min()', '1.0'],
    ['$.a.sum()', '15.0'],
    ['$.a.avg()', '5.0'],
    ['$.o.keys()', '["x","y"]'],
    ['$.o.size()', '2'],
  ])('%s gives %s', (path, value) => {
    const json = parseJson('{"a":[1,5,9],"o":{"x":1,"y":2}}')
    expect(writeJson(readPath(jsonPathOf(path), json))).toBe(value)
  })

  it('leads nowhere for a value that it is not for', () => {
    expect(() => readPath(jsonPathOf('$.a.max()'), parseJson('{"a":"x"}'))).toThrow(JsonPathError)
  })
})
