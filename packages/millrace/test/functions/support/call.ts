// Calls built-in functions and casts by name over typed values, as a bound query would.

import { createBuiltInRegistry } from '../../../src/functions/built-in.ts'
import { castBinding, castConstant } from '../../../src/functions/conversion/cast-binding.ts'
import type { ArgumentInfo } from '../../../src/functions/function-definition.ts'
import { isProblem } from '../../../src/functions/function-definition.ts'
import type { DataType } from '../../../src/types/data-type.ts'
import { formatType, notNull } from '../../../src/types/data-type.ts'
import { canonicalValue } from '../../../src/types/canonical-json.ts'
import type { Value } from '../../../src/types/value.ts'
import { interpretScalar } from './compile.ts'

const registry = createBuiltInRegistry()

/** An argument: its type and its value; NOT NULL unless the value is NULL. */
export type Typed = readonly [type: DataType, value: Value]

/** `TYPE value`, the value as canonical JSON, or the problem of the signature. */
export function call(name: string, args: readonly Typed[], timeZone = 'UTC'): string {
  const session = { timeZone }
  const infos: ArgumentInfo[] = args.map(([type, value]) => ({
    type: value === null ? type : notNull(type),
    constant: { value },
  }))
  const binding = registry.scalar(name)?.resolve(infos, session)
  if (binding === undefined) return `no function ${name}`
  if (isProblem(binding)) return binding.problem
  const values = args.map(([type, value], i) =>
    castConstant(value, type, binding.parameters[i] as DataType, session),
  )
  if (values.includes(undefined)) return 'an argument cannot be cast'
  const result = interpretScalar(binding)(...(values as Value[]))
  return `${formatType(binding.returns)} ${canonicalValue(binding.returns)(result)}`
}

/** CAST or TRY_CAST: `TYPE value`, or the problem. */
export function cast(
  [type, value]: Typed,
  to: DataType,
  options: { safe?: boolean; timeZone?: string } = {},
): string {
  const from = value === null ? type : notNull(type)
  const session = { timeZone: options.timeZone ?? 'UTC' }
  const binding = castBinding(from, to, session, { safe: options.safe ?? false })
  if (isProblem(binding)) return binding.problem
  const result = interpretScalar(binding)(value)
  return `${formatType(binding.returns)} ${canonicalValue(binding.returns)(result)}`
}
