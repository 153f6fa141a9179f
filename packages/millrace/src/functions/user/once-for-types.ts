// Bindings of user functions, made once for the same types: equal calls are then equal to the optimizer.

import { formatType } from '../../types/data-type.ts'
import type { ArgumentInfo } from '../function-definition.ts'

/**
 * Remembers what `bind` gave for arguments of the same types.
 *
 * @param isDeterministic without it each call is another one
 */
export function onceForTypes<T>(
  isDeterministic: boolean,
  bind: (args: readonly ArgumentInfo[]) => T,
): (args: readonly ArgumentInfo[]) => T {
  if (!isDeterministic) return bind
  const known = new Map<string, T>()
  return args => {
    const types = args.map(a => formatType(a.type)).join()
    const bound = known.get(types) ?? bind(args)
    known.set(types, bound)
    return bound
  }
}
