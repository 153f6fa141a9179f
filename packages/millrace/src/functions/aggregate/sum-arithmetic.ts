// Addition and subtraction as aggregates need them: per type, over accumulators that may still be NULL.

import type { DataType } from '../../types/data-type.ts'
import { addLong, canonical, narrow, subtractLong } from '../../types/integer.ts'
import type { Hybrid } from '../../types/value.ts'
import type { CodeScope } from '../function-definition.ts'

/** How values of a numeric type are summed. */
export interface SumArithmetic {
  /** Subtracting undoes adding, whatever was added in between. */
  readonly isExact: boolean
  readonly add: (a: Hybrid, b: Hybrid) => Hybrid
  readonly subtract: (a: Hybrid, b: Hybrid) => Hybrid
  /** Emits `target = target ± value`; both are not NULL. */
  emit(scope: CodeScope, target: string, op: '+' | '-', value: string): void
}

/** The arithmetic in which values of the type are summed: wraps as the type does; DECIMAL grows without bound. */
export function sumArithmetic(type: DataType): SumArithmetic {
  switch (type.kind) {
    case 'bigint':
      return hybrid(addLong, subtractLong)
    case 'decimal':
      return hybrid(addExact, subtractExact)
    case 'double':
      return {
        isExact: false,
        add: (a, b) => (a as number) + (b as number),
        subtract: (a, b) => (a as number) - (b as number),
        emit: (scope, f, op, x) => scope.statement(`${f} = ${f} ${op} ${x}`),
      }
    case 'float':
      return {
        isExact: false,
        add: (a, b) => Math.fround((a as number) + (b as number)),
        subtract: (a, b) => Math.fround((a as number) - (b as number)),
        emit: (scope, f, op, x) => scope.statement(`${f} = Math.fround(${f} ${op} ${x})`),
      }
    default: {
      const bits = type.kind === 'tinyint' ? 8 : type.kind === 'smallint' ? 16 : 32
      const wrap = bits === 32 ? '| 0' : `<< ${32 - bits} >> ${32 - bits}`
      return {
        isExact: true,
        add: (a, b) => narrow((a as number) + (b as number), bits),
        subtract: (a, b) => narrow((a as number) - (b as number), bits),
        emit: (scope, f, op, x) => scope.statement(`${f} = (${f} ${op} ${x}) ${wrap}`),
      }
    }
  }
}

/** The whole sum stays a JS number while it is safe; the bigint path is a call. */
function hybrid(
  add: (a: Hybrid, b: Hybrid) => Hybrid,
  subtract: (a: Hybrid, b: Hybrid) => Hybrid,
): SumArithmetic {
  return {
    isExact: true,
    add,
    subtract,
    emit(scope, f, op, x) {
      const slow = op === '+' ? scope.constant(add, 'add') : scope.constant(subtract, 'subtract')
      const r = scope.local('sum')
      scope.statement(
        `const ${r} = typeof ${f} === 'number' && typeof ${x} === 'number' ? ${f} ${op} ${x} : NaN`,
      )
      scope.statement(
        `${f} = ${r} <= 9007199254740991 && ${r} >= -9007199254740991 ? ${r} : ${slow}(${f}, ${x})`,
      )
    },
  }
}

const addExact = (a: Hybrid, b: Hybrid): Hybrid => canonical(BigInt(a) + BigInt(b))
const subtractExact = (a: Hybrid, b: Hybrid): Hybrid => canonical(BigInt(a) - BigInt(b))
