// Builds the usual scalar function: fixed parameters of given families, strict on NULL, one result type.

import {
  type DataType,
  formatType,
  isBinary,
  isCharacter,
  isInteger,
  isNumeric,
  isTimestamp,
  types,
  withNullable,
} from '../types/data-type.ts'
import { anyNullable, keepNullability, problem } from './binding.ts'
import type {
  ArgumentInfo,
  EmitExpression,
  FunctionDocs,
  ScalarBinding,
  ScalarFunction,
  SessionInfo,
} from './function-definition.ts'

/** What an argument may be. It reaches `evaluate` as it is, but integers are INTs and numbers of `double` DOUBLEs. */
export type Family =
  | 'text'
  | 'int'
  | 'bigint'
  | 'double'
  | 'number'
  | 'boolean'
  | 'bytes'
  | 'text-or-bytes'
  | 'text-or-number'
  | 'timestamp'
  | 'array'
  | 'map'
  | 'any'

interface FamilyRule {
  readonly phrase: string
  accepts(type: DataType): boolean
  /** The type that an accepted argument is cast to; of a NULL literal too. */
  target(type: DataType): DataType
}

const asIs = (type: DataType): DataType => type
const orWhenNull =
  (fallback: DataType) =>
  (type: DataType): DataType =>
    type.kind === 'null' ? fallback : type

const FAMILIES: Readonly<Record<Family, FamilyRule>> = {
  text: { phrase: 'a STRING', accepts: isCharacter, target: orWhenNull(types.string) },
  int: { phrase: 'an INT', accepts: isInteger, target: () => types.int },
  bigint: { phrase: 'a BIGINT', accepts: isInteger, target: () => types.bigint },
  double: { phrase: 'a number', accepts: isNumeric, target: () => types.double },
  number: { phrase: 'a number', accepts: isNumeric, target: orWhenNull(types.int) },
  boolean: {
    phrase: 'a BOOLEAN',
    accepts: type => type.kind === 'boolean',
    target: () => types.boolean,
  },
  bytes: { phrase: 'BYTES', accepts: isBinary, target: orWhenNull(types.bytes) },
  'text-or-bytes': {
    phrase: 'a STRING or BYTES',
    accepts: type => isCharacter(type) || isBinary(type),
    target: orWhenNull(types.string),
  },
  'text-or-number': {
    phrase: 'a STRING or a number',
    accepts: type => isCharacter(type) || isNumeric(type),
    target: orWhenNull(types.string),
  },
  timestamp: {
    phrase: 'a TIMESTAMP',
    accepts: isTimestamp,
    target: orWhenNull(types.timestamp(3)),
  },
  array: { phrase: 'an ARRAY', accepts: type => type.kind === 'array', target: asIs },
  map: { phrase: 'a MAP', accepts: type => type.kind === 'map', target: asIs },
  any: { phrase: 'any value', accepts: () => true, target: asIs },
}

type Evaluate = ScalarBinding['evaluate']

/** The description of a function with one signature. */
export interface SimpleFunction {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly group: FunctionDocs['group']
  readonly summary: string
  readonly examples?: FunctionDocs['examples']
  readonly takes: readonly Family[]
  /** How many of `takes`, from the end, may be left out. */
  readonly optional?: number
  /** The last of `takes` may repeat. */
  readonly variadic?: boolean
  /** Its nullability is decided by the arguments and `mayReturnNull`. */
  readonly returns: DataType | ((args: readonly ArgumentInfo[]) => DataType)
  readonly mayReturnNull?: boolean | ((args: readonly ArgumentInfo[]) => boolean)
  /** Never NULL, not even for NULL: with `nulls: 'own'`. */
  readonly neverNull?: boolean
  readonly nulls?: 'strict' | 'own'
  /** The meaning; `prepare` instead, when constants or the session can be worked in once. */
  readonly evaluate?: Evaluate
  readonly prepare?: (args: readonly ArgumentInfo[], session: SessionInfo) => Evaluate
  readonly emit?: EmitExpression
}

/** Makes a {@link ScalarFunction} that checks its arguments by family. */
export function simpleFunction(spec: SimpleFunction): ScalarFunction {
  const { takes, optional = 0, variadic = false, nulls = 'strict' } = spec
  const familyAt = (i: number): FamilyRule =>
    FAMILIES[takes[Math.min(i, takes.length - 1)] ?? 'any']
  return {
    kind: 'scalar',
    name: spec.name,
    ...(spec.aliases ? { aliases: spec.aliases } : {}),
    docs: {
      group: spec.group,
      summary: spec.summary,
      ...(spec.examples ? { examples: spec.examples } : {}),
    },
    resolve(args, session) {
      const least = takes.length - optional
      if (args.length < least || (args.length > takes.length && !variadic)) {
        return problem(needs(least, takes.length, variadic))
      }
      for (const [i, { type }] of args.entries()) {
        if (type.kind === 'null' || familyAt(i).accepts(type)) continue
        return problem(`needs ${familyAt(i).phrase} as argument ${i + 1}, not ${formatType(type)}`)
      }
      const mayReturnNull =
        typeof spec.mayReturnNull === 'function' ? spec.mayReturnNull(args) : spec.mayReturnNull
      const returns = typeof spec.returns === 'function' ? spec.returns(args) : spec.returns
      const evaluate = spec.prepare?.(args, session) ?? spec.evaluate
      return {
        nulls,
        parameters: keepNullability(
          args.map(({ type }, i) => familyAt(i).target(type)),
          args,
        ),
        returns: withNullable(returns, !spec.neverNull && (mayReturnNull || anyNullable(args))),
        ...(mayReturnNull ? { mayReturnNull } : {}),
        evaluate: evaluate as Evaluate,
        ...(spec.emit ? { emit: spec.emit } : {}),
      }
    },
  }
}

function needs(least: number, most: number, variadic: boolean): string {
  const count = variadic ? `at least ${least}` : least === most ? `${most}` : `${least} to ${most}`
  return `needs ${count} argument${count === '1' ? '' : 's'}`
}

/** The type of the argument at `index`, STRING for an untyped NULL. */
export function typeAt(args: readonly ArgumentInfo[], index: number): DataType {
  const type = args[index]?.type ?? types.string
  return type.kind === 'null' ? types.string : type
}

/** Keeps what a function computed for a key, up to a bound; then starts anew. */
export function memoize<T>(compute: (key: string) => T, maxEntries = 200): (key: string) => T {
  const known = new Map<string, T>()
  return key => {
    let value = known.get(key)
    if (value === undefined && !known.has(key)) {
      if (known.size >= maxEntries) known.clear()
      value = compute(key)
      known.set(key, value)
    }
    return value as T
  }
}
