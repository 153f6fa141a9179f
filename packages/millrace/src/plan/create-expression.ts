// Constructors of expressions: functions resolved, arguments converted, types derived; shared by SQL and the Table API.

import { castBinding, castConstant } from '../functions/conversion/cast-binding.ts'
import type {
  AggregateFunction,
  ArgumentInfo,
  ScalarFunction,
  SessionInfo,
  TableFunction,
} from '../functions/function-definition.ts'
import { isProblem } from '../functions/function-definition.ts'
import type { FunctionRegistry } from '../functions/registry.ts'
import type { DataType, RowField } from '../types/data-type.ts'
import {
  formatType,
  notNull,
  sameType,
  types,
  withNullable,
  withoutAttribute,
} from '../types/data-type.ts'
import type { SourceSpan } from '../types/errors.ts'
import { leastRestrictive } from '../types/type-rules.ts'
import type { Value } from '../types/value.ts'
import { constantOf } from './evaluate-expression.ts'
import type {
  AggregateCall,
  CaseExpression,
  ColumnExpression,
  Expression,
  FieldExpression,
  LiteralExpression,
  PositionCall,
} from './expression.ts'
import {
  InvalidArgumentsError,
  InvalidTypeError,
  UnknownFunctionError,
} from './expression-errors.ts'

/** What expressions are resolved against. */
export interface BindingEnvironment {
  readonly functions: FunctionRegistry
  readonly session: SessionInfo
}

/** A constant; NOT NULL unless it is NULL. */
export function createLiteral(value: Value, type: DataType): LiteralExpression {
  return { kind: 'literal', type: withNullable(type, value === null), value }
}

export function createColumn(index: number, name: string, type: DataType): ColumnExpression {
  return { kind: 'column', index, name, type }
}

/** An expression as a function sees it before it is called: constants and ARRAYs of them with their value. */
export function argumentOf(expression: Expression): ArgumentInfo {
  const { type } = expression
  const isFixed = expression.kind === 'literal' || type.kind === 'array'
  const constant = isFixed ? constantOf(expression) : undefined
  return constant ? { type, constant } : { type }
}

/**
 * A call of a scalar function or operator by name, its arguments cast to what the binding takes.
 *
 * @throws {UnknownFunctionError} `MR_SQL_UNKNOWN_FUNCTION`
 * @throws {InvalidArgumentsError} `MR_SQL_ARGUMENTS` when no signature fits
 */
export function createCall(
  environment: BindingEnvironment,
  name: string,
  args: readonly Expression[],
  at?: SourceSpan,
): Expression {
  const found = environment.functions.scalar(name)
  if (!found) {
    throw new UnknownFunctionError({ name, known: environment.functions.names(), at })
  }
  return createCallOf(environment, found, args, at)
}

/**
 * A call of a table function by name: an ARRAY of its rows, to be unnested.
 *
 * @throws {UnknownFunctionError} `MR_SQL_UNKNOWN_FUNCTION`
 * @throws {InvalidArgumentsError} `MR_SQL_ARGUMENTS` when no signature fits
 */
export function createTableCall(
  environment: BindingEnvironment,
  name: string,
  args: readonly Expression[],
  at?: SourceSpan,
): Expression {
  const found = environment.functions.table(name)
  if (!found) throw new UnknownFunctionError({ name, known: environment.functions.names(), at })
  return createCallOf(environment, found, args, at)
}

/**
 * A call of a function that is at hand.
 *
 * @throws {InvalidArgumentsError} `MR_SQL_ARGUMENTS` when no signature fits
 */
export function createCallOf(
  environment: BindingEnvironment,
  found: ScalarFunction | TableFunction,
  args: readonly Expression[],
  at?: SourceSpan,
): Expression {
  const binding = found.resolve(args.map(argumentOf), environment.session)
  if (isProblem(binding)) {
    throw new InvalidArgumentsError({ name: found.name, ...binding, at })
  }
  return {
    kind: 'call',
    type: binding.returns,
    name: found.name,
    args: coerceAll(environment, args, binding.parameters, at),
    binding,
  }
}

function coerceAll(
  environment: BindingEnvironment,
  args: readonly Expression[],
  parameters: readonly DataType[],
  at: SourceSpan | undefined,
): readonly Expression[] {
  return args.map((arg, i) => {
    const to = parameters[i]
    return to ? coerce(environment, arg, to, at) : arg
  })
}

/**
 * The expression as a value of another type: itself when it is one already (NULLability and time attributes aside), a constant
 * converted at once, else a cast.
 *
 * @throws {InvalidTypeError} `MR_SQL_TYPE` when there is no such conversion
 */
export function coerce(
  environment: BindingEnvironment,
  expression: Expression,
  to: DataType,
  at?: SourceSpan,
): Expression {
  const { type } = expression
  if (sameType(type, to)) return expression
  if (expression.kind === 'literal') {
    const value = castConstant(expression.value, type, to, environment.session)
    if (value !== undefined) return createLiteral(value, withoutAttribute(to))
  }
  return createCast(environment, expression, to, { at })
}

/**
 * CAST, or with `safe` TRY_CAST. The result is nullable when the argument is, or the cast is safe.
 *
 * @throws {InvalidTypeError} `MR_SQL_TYPE` when there is no such conversion
 */
export function createCast(
  environment: BindingEnvironment,
  arg: Expression,
  to: DataType,
  options: { readonly safe?: boolean; readonly at?: SourceSpan | undefined } = {},
): Expression {
  const { safe = false, at } = options
  const binding = castBinding(arg.type, to, environment.session, { safe })
  if (isProblem(binding)) throw new InvalidTypeError({ problem: binding.problem, at })
  return { kind: 'cast', type: binding.returns, arg, safe, binding }
}

/** AND, OR: nested ones of the same kind are melted in; one operand is itself. */
export function createLogical(
  op: 'and' | 'or',
  operands: readonly Expression[],
  at?: SourceSpan,
): Expression {
  const args = operands.flatMap(e => (e.kind === 'logical' && e.op === op ? e.args : [e]))
  for (const { type } of args) requireBoolean(type, op.toUpperCase(), at)
  const [first] = args
  if (first !== undefined && args.length === 1) return first
  const type = withNullable(types.boolean, args.some(isNullable))
  return { kind: 'logical', type, op, args }
}

const isNullable = (e: Expression): boolean => e.type.nullable || e.type.kind === 'null'

function requireBoolean(type: DataType, where: string, at: SourceSpan | undefined): void {
  if (type.kind !== 'boolean' && type.kind !== 'null')
    throw new InvalidTypeError({ problem: `${where} needs a BOOLEAN, not ${formatType(type)}`, at })
}

/**
 * A condition of WHERE, ON, FILTER, CASE: must be a BOOLEAN.
 *
 * @throws {InvalidTypeError} `MR_SQL_TYPE`
 */
export function checkCondition(expression: Expression, where: string, at?: SourceSpan): Expression {
  requireBoolean(expression.type, where, at)
  return expression
}

/** The searched CASE; branches are brought to their common type. Without `otherwise`: NULL. */
export function createCase(
  environment: BindingEnvironment,
  branches: readonly { readonly when: Expression; readonly then: Expression }[],
  otherwise: Expression = createLiteral(null, types.null),
  at?: SourceSpan,
): CaseExpression {
  for (const { when } of branches) requireBoolean(when.type, 'WHEN', at)
  const results = [...branches.map(b => b.then), otherwise]
  const type = leastRestrictive(results.map(e => e.type))
  if (!type) {
    const given = results.map(e => formatType(e.type)).join(', ')
    throw new InvalidTypeError({
      problem: `the branches of CASE have no common type: ${given}`,
      at,
    })
  }
  return {
    kind: 'case',
    type,
    branches: branches.map(({ when, then }) => ({
      when,
      // biome-ignore lint/suspicious/noThenProperty: CASE's THEN; never awaited
      then: coerce(environment, then, type, at),
    })),
    otherwise: coerce(environment, otherwise, type, at),
  }
}

/** The field at `index` of a ROW; nullable when the row or the field is. */
export function createField(arg: Expression, index: number): FieldExpression {
  const fields = arg.type.kind === 'row' ? arg.type.fields : []
  const field = fields[index] as RowField
  const type = withNullable(field.type, field.type.nullable || arg.type.nullable)
  return { kind: 'field', type, arg, index, name: field.name }
}

export interface AggregateFacts {
  readonly name: string
  /** Its name, or the function itself. */
  readonly function: string | AggregateFunction
  readonly args: readonly Expression[]
  readonly distinct?: boolean
  readonly filter?: Expression | undefined
  readonly at?: SourceSpan | undefined
}

/**
 * A call of an aggregate function by name, its arguments cast to what the binding takes.
 *
 * @throws {UnknownFunctionError} `MR_SQL_UNKNOWN_FUNCTION`
 * @throws {InvalidArgumentsError} `MR_SQL_ARGUMENTS` when no signature fits
 */
export function createAggregateCall(
  environment: BindingEnvironment,
  facts: AggregateFacts,
): AggregateCall {
  const { functions, session } = environment
  const { name, distinct = false, filter, at } = facts
  const wanted = facts.function
  const found = typeof wanted === 'string' ? functions.aggregate(wanted) : wanted
  if (!found) {
    throw new UnknownFunctionError({ name: String(wanted), known: functions.names(), at })
  }
  const infos = facts.args.map(argumentOf)
  const resolve = (demands: { readonly retract: boolean }) => {
    const binding = found.resolve(infos, demands, session)
    if (isProblem(binding)) {
      throw new InvalidArgumentsError({ name: found.name, ...binding, at })
    }
    return binding
  }
  const binding = resolve({ retract: false })
  return {
    name,
    function: found.name,
    args: coerceAll(environment, facts.args, binding.parameters, at),
    distinct,
    ...(filter ? { filter: checkCondition(filter, 'FILTER', at) } : {}),
    type: binding.returns,
    binding,
    resolve,
  }
}

/**
 * A call of a function over positions by name, its arguments cast to what the binding takes.
 *
 * @throws {UnknownFunctionError} `MR_SQL_UNKNOWN_FUNCTION`
 * @throws {InvalidArgumentsError} `MR_SQL_ARGUMENTS` when no signature fits
 */
export function createPositionCall(
  environment: BindingEnvironment,
  facts: {
    readonly name: string
    readonly function: string
    readonly args: readonly Expression[]
    readonly at?: SourceSpan | undefined
  },
): PositionCall {
  const { functions, session } = environment
  const { name, args, at } = facts
  const found = functions.position(facts.function)
  if (!found) throw new UnknownFunctionError({ name: facts.function, known: functions.names(), at })
  const binding = found.resolve(args.map(argumentOf), session)
  if (isProblem(binding)) throw new InvalidArgumentsError({ name: found.name, ...binding, at })
  return {
    name,
    function: found.name,
    args: coerceAll(environment, args, binding.parameters, at),
    type: binding.returns,
    binding,
  }
}

/** An integer constant as SQL types it: INT when it fits, then BIGINT; `undefined` beyond. */
export function integerLiteral(value: bigint): LiteralExpression | undefined {
  if (value >= -(2n ** 31n) && value < 2n ** 31n)
    return createLiteral(Number(value), notNull(types.int))
  if (value < -(2n ** 63n) || value >= 2n ** 63n) return undefined
  const exact = Number(value)
  return createLiteral(Number.isSafeInteger(exact) ? exact : value, notNull(types.bigint))
}

/** A text constant as SQL types it: CHAR of its length in UTF-16 units as in Flink, NOT NULL. */
export function textLiteral(text: string): LiteralExpression {
  return createLiteral(text, types.char(text.length))
}
