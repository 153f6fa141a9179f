// Which arguments a declared parameter takes without CAST: Flink's implicit casts, which lose no family of values.

import { type DataType, isApproximate, isExact } from '../../types/data-type.ts'

/** `exact`: the same type, up to lengths and precisions; `widened`: converted; undefined: does not fit. */
export function implicitCast(from: DataType, to: DataType): 'exact' | 'widened' | undefined {
  if (from.kind === 'null') return 'widened'
  if (from.kind === to.kind) return sameShape(from, to)
  if (from.kind === 'char' && to.kind === 'varchar') return 'exact'
  if (from.kind === 'varchar' && to.kind === 'char') return 'widened'
  if (isBytes(from) && isBytes(to)) return 'exact'
  return isWider(from, to) ? 'widened' : undefined
}

const isBytes = (t: DataType): boolean => t.kind === 'binary' || t.kind === 'varbinary'

const INTEGERS: readonly DataType['kind'][] = ['tinyint', 'smallint', 'int', 'bigint']

function isWider(from: DataType, to: DataType): boolean {
  if (to.kind === 'double' || to.kind === 'decimal') return isExact(from) || isApproximate(from)
  if (to.kind === 'float') return isExact(from)
  const [a, b] = [INTEGERS.indexOf(from.kind), INTEGERS.indexOf(to.kind)]
  return a >= 0 && b >= 0 && a < b
}

function sameShape(from: DataType, to: DataType): 'exact' | 'widened' | undefined {
  const inner = innerTypes(from).map((type, i) => {
    const other = innerTypes(to)[i]
    return other && implicitCast(type, other)
  })
  if (innerTypes(from).length !== innerTypes(to).length || inner.includes(undefined))
    return undefined
  if (from.kind === 'raw' && to.kind === 'raw' && from.className !== to.className) return undefined
  return inner.includes('widened') ? 'widened' : 'exact'
}

function innerTypes(type: DataType): readonly DataType[] {
  switch (type.kind) {
    case 'array':
    case 'multiset':
      return [type.element]
    case 'map':
      return [type.key, type.value]
    case 'row':
      return type.fields.map(f => f.type)
    default:
      return []
  }
}
