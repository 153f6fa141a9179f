// Code of map keys: one primitive column is its own key, several are joined into an unambiguous text.

import type { DataType } from '../../types/data-type.ts'
import { createKeyText, isPrimitiveKey } from '../../types/key-text.ts'
import type { BlockScope } from '../code/code-module.ts'

/** Emits the map key of the given atoms; equal to what `createRowKey` makes of the same values. */
export function emitRowKey(
  scope: BlockScope,
  types: readonly DataType[],
  atoms: readonly string[],
): string {
  if (types.length === 0) return '0'
  const [type] = types
  if (types.length === 1 && type) {
    if (isPrimitiveKey(type)) return atoms[0] as string
    const text = scope.constant(createKeyText(type), 'keyText')
    return scope.assign('key', `${atoms[0]} === null ? null : ${text}(${atoms[0]})`)
  }
  const parts = types.map((t, i) => emitKeyPart(scope, t, atoms[i] as string))
  return scope.assign('key', parts.join(' + '))
}

function emitKeyPart(scope: BlockScope, type: DataType, atom: string): string {
  const guard = (code: string) => (type.nullable ? `(${atom} === null ? '~' : ${code})` : code)
  if (type.kind === 'char' || type.kind === 'varchar')
    return guard(`${atom}.length + ':' + ${atom}`)
  if (isPrimitiveKey(type)) return guard(`${atom} + ';'`)
  const text = scope.constant(createKeyText(type), 'keyText')
  return `${text}(${atom})`
}
