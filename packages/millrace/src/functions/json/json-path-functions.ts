// The functions at the end of JSON paths: `$.a.length()`, `$.prices.max()`.

import { toJsonOf } from './to-json.ts'
import { types } from '../../types/data-type.ts'
import { type JsonNode, JsonNumber } from './json-value.ts'

/** The value for a node; `undefined` when there is none. */
export type PathFunction = (node: JsonNode) => JsonNode | undefined

const double = toJsonOf(types.double)

/** Over the numbers of an array; nothing without any. */
const ofNumbers =
  (compute: (numbers: readonly number[]) => number): PathFunction =>
  node => {
    if (!Array.isArray(node)) return undefined
    const numbers = node.filter(x => x instanceof JsonNumber).map(x => Number(x.text))
    return numbers.length === 0 ? undefined : double(compute(numbers))
  }

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

const length: PathFunction = node => {
  if (Array.isArray(node)) return new JsonNumber(`${node.length}`)
  return node instanceof Map ? new JsonNumber(`${node.size}`) : undefined
}

export const PATH_FUNCTIONS: Readonly<Record<string, PathFunction>> = {
  length,
  size: length,
  min: ofNumbers(numbers => numbers.reduce((a, b) => Math.min(a, b))),
  max: ofNumbers(numbers => numbers.reduce((a, b) => Math.max(a, b))),
  sum: ofNumbers(sum),
  avg: ofNumbers(numbers => sum(numbers) / numbers.length),
  keys: node => (node instanceof Map ? [...node.keys()] : undefined),
}
