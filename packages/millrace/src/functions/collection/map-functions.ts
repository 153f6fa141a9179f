// `MAP_KEYS`, `MAP_VALUES`, `MAP_ENTRIES`, `MAP_FROM_ARRAYS`, `MAP_UNION`.

import { type DataType, formatType, types } from '../../types/data-type.ts'
import { leastRestrictive } from '../../types/type-rules.ts'
import type { Value } from '../../types/value.ts'
import { problem, strict, typesOf } from '../binding.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { ScalarBinding, ScalarFunction } from '../function-definition.ts'
import { mapOf } from './element-key.ts'

type MapType = DataType & { readonly kind: 'map' }
type Entries = ReadonlyMap<Value, Value>

export const mapKeys = ofOneMap(
  'MAP_KEYS',
  'The keys of the map.',
  ["MAP_KEYS(MAP['a', 1])", "ARRAY['a']"],
  ({ key }) => types.array(key),
  (map: Entries) => [...map.keys()],
)
export const mapValues = ofOneMap(
  'MAP_VALUES',
  'The values of the map.',
  ["MAP_VALUES(MAP['a', 1])", 'ARRAY[1]'],
  ({ value }) => types.array(value),
  (map: Entries) => [...map.values()],
)
export const mapEntries = ofOneMap(
  'MAP_ENTRIES',
  'The entries of the map, as rows of key and value.',
  ["MAP_ENTRIES(MAP['a', 1])[1].key", "'a'"],
  ({ key, value }) =>
    types.array(
      types.row([
        { name: 'key', type: key },
        { name: 'value', type: value },
      ]),
    ),
  (map: Entries) => [...map],
)

function ofOneMap(
  name: string,
  summary: string,
  example: readonly [string, string],
  returns: (type: MapType) => DataType,
  evaluate: ScalarBinding['evaluate'],
): ScalarFunction {
  return {
    kind: 'scalar',
    name,
    docs: { group: 'collection', summary, examples: [example] },
    resolve(args) {
      const type = args[0]?.type
      if (args.length !== 1 || type?.kind !== 'map') return problem('needs one MAP')
      return strict(args, { parameters: [type], returns: returns(type), evaluate })
    },
  }
}

export const mapFromArrays: ScalarFunction = {
  kind: 'scalar',
  name: 'MAP_FROM_ARRAYS',
  docs: {
    group: 'collection',
    summary: 'The map of an array of keys and an equally long array of values.',
    examples: [["MAP_FROM_ARRAYS(ARRAY['a', 'b'], ARRAY[1, 2])", "MAP['a', 1, 'b', 2]"]],
  },
  resolve(args) {
    const [keys, values] = typesOf(args)
    if (args.length !== 2 || keys?.kind !== 'array' || values?.kind !== 'array') {
      return problem('needs an ARRAY of keys and an ARRAY of values')
    }
    return strict(args, {
      parameters: [keys, values],
      returns: types.map(keys.element, values.element),
      evaluate: (k: readonly Value[], v: readonly Value[]) => {
        if (k.length !== v.length) {
          throw new EvaluationError(
            `MAP_FROM_ARRAYS has ${k.length} keys and ${v.length} values`,
            'Give as many values as keys.',
          )
        }
        return mapOf(
          k.map((key, i) => [key, v[i] as Value]),
          keys.element,
        )
      },
    })
  },
}

export const mapUnion: ScalarFunction = {
  kind: 'scalar',
  name: 'MAP_UNION',
  docs: {
    group: 'collection',
    summary: 'The entries of all maps; of equal keys the last wins. NULL when a map is NULL.',
    examples: [["MAP_UNION(MAP['a', 1], MAP['b', 2])", "MAP['a', 1, 'b', 2]"]],
  },
  resolve(args) {
    if (args.length === 0) return problem('needs at least 1 MAP')
    for (const type of typesOf(args)) {
      if (type.kind !== 'map' && type.kind !== 'null') {
        return problem(`needs MAPs, not ${formatType(type)}`)
      }
    }
    const common = leastRestrictive(typesOf(args))
    if (common?.kind !== 'map') return problem('needs MAPs of common key and value types')
    return strict(args, {
      parameters: args.map(() => common),
      returns: common,
      evaluate: (...maps: Entries[]) =>
        mapOf(
          maps.flatMap(map => [...map]),
          common.key,
        ),
    })
  },
}
