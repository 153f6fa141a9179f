// `CARDINALITY`, `ELEMENT`, and `a[i]`, `m[k]` as `ITEM(a, i)`.

import { formatType, isCharacter, isInteger, types, withNullable } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem, strict } from '../binding.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { variantItem } from '../json/variant.ts'
import { mapReader } from './element-key.ts'

export const cardinality: ScalarFunction = {
  kind: 'scalar',
  name: 'CARDINALITY',
  docs: {
    group: 'collection',
    summary: 'The number of elements of an array, map or multiset.',
    examples: [['CARDINALITY(ARRAY[7, 8])', '2']],
  },
  resolve(args) {
    const type = args[0]?.type
    if (args.length !== 1 || type === undefined) return problem('needs one collection')
    const shared = { parameters: [type], returns: types.int }
    if (type.kind === 'array' || type.kind === 'null') {
      return strict(args, {
        ...shared,
        evaluate: (array: readonly Value[]) => array.length,
        emit: (_, [x = '']) => `${x}.length`,
      })
    }
    if (type.kind === 'map') {
      return strict(args, {
        ...shared,
        evaluate: (map: ReadonlyMap<Value, Value>) => map.size,
        emit: (_, [x = '']) => `${x}.size`,
      })
    }
    if (type.kind !== 'multiset') {
      return problem(`needs an ARRAY, MAP or MULTISET, not ${formatType(type)}`)
    }
    return strict(args, {
      ...shared,
      evaluate: (counts: ReadonlyMap<Value, number>) => {
        let total = 0
        for (const count of counts.values()) total += count
        return total
      },
    })
  },
}

export const element: ScalarFunction = {
  kind: 'scalar',
  name: 'ELEMENT',
  docs: {
    group: 'collection',
    summary: 'The only element of an array; NULL of an empty one; an error when there are more.',
    examples: [['ELEMENT(ARRAY[7])', '7']],
  },
  resolve(args) {
    const type = args[0]?.type
    if (args.length !== 1 || type?.kind !== 'array') return problem('needs one ARRAY')
    const binding = strict(args, {
      parameters: [type],
      returns: type.element,
      mayReturnNull: type.element.nullable,
      evaluate: (array: readonly Value[]) => {
        if (array.length > 1) {
          throw new EvaluationError(
            `ELEMENT of an array of ${array.length} elements`,
            'Take one with an index: a[1].',
          )
        }
        return array[0] ?? null
      },
    })
    // Of an empty array too: Flink types it so.
    return {
      ...binding,
      returns: withNullable(type.element, type.element.nullable || type.nullable),
    }
  },
}

export const item: ScalarFunction = {
  kind: 'scalar',
  name: 'ITEM',
  docs: {
    group: 'collection',
    summary:
      'The element of an array at an index (from 1), or the value of a map at a key; NULL without one.',
    examples: [
      ['ARRAY[7, 8][2]', '8'],
      ["MAP['a', 1]['a']", '1'],
    ],
  },
  resolve(args) {
    const [container, index] = args
    if (args.length !== 2 || !container || !index) return problem('needs a collection and an index')
    const { type } = container
    if (type.kind === 'array') {
      if (!isInteger(index.type) && index.type.kind !== 'null') {
        return problem(`needs an INT index, not ${formatType(index.type)}`)
      }
      const at = index.constant?.value
      if (typeof at === 'number' && at < 1) return problem(`counts from 1; there is no index ${at}`)
      const binding = strict(args, {
        parameters: [type, types.int],
        returns: type.element,
        mayReturnNull: true,
        evaluate: (array: readonly Value[], at: number) => array[at - 1] ?? null,
        emit: (_, [array = '', at = '']) => `(${array}[${at} - 1] ?? null)`,
      })
      return { ...binding, returns: { ...type.element, nullable: true } }
    }
    if (type.kind === 'map') {
      if (index.type.kind !== 'null' && isCharacter(index.type) !== isCharacter(type.key))
        return problem(`needs a key of type ${formatType(type.key)}, not ${formatType(index.type)}`)
      const binding = strict(args, {
        parameters: [type, type.key],
        returns: type.value,
        mayReturnNull: true,
        evaluate: mapReader(type.key),
      })
      return { ...binding, returns: { ...type.value, nullable: true } }
    }
    if (type.kind === 'raw' && (isCharacter(index.type) || isInteger(index.type))) {
      const binding = strict(args, {
        parameters: [type, index.type],
        returns: type,
        mayReturnNull: true,
        evaluate: variantItem,
      })
      return { ...binding, returns: { ...type, nullable: true } }
    }
    return problem(`needs an ARRAY or a MAP, not ${formatType(type)}`)
  },
}
