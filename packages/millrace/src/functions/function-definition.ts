// What a built-in function is: one file defines it, and the binder, constant folding, code generation, the reference
// evaluator, docs and completion all read that one definition.

import type { DataType } from '../types/data-type.ts'
import type { Value } from '../types/value.ts'

/** What of the session a function may depend on when it is resolved. */
export interface SessionInfo {
  /** IANA zone or fixed offset: `table.local-time-zone`. */
  readonly timeZone: string
  /** The database in use. */
  readonly database?: string
}

/** An argument as the binder sees it: its type and, when it is a constant, its value. */
export interface ArgumentInfo {
  readonly type: DataType
  readonly constant?: { readonly value: Value }
}

/** Why no signature fits: a phrase such as `needs a STRING as argument 2, not INT`. */
export interface SignatureProblem {
  readonly problem: string
  /** What to do; absent: to pass other arguments. */
  readonly remedy?: string
}

/** What code being generated offers to an emitter. All texts are JavaScript. */
export interface CodeScope {
  /** A fresh local name that starts with `hint`. */
  local(hint: string): string
  /** Appends a statement before the expression that is being emitted. */
  statement(code: string): void
  /** Binds a JavaScript value (a function, a RegExp, a table) as a constant of the module; the same value gives the same name. */
  constant(value: unknown, hint: string): string
}

/** Returns a JavaScript expression over `args`, each an atom (a local or a literal) that is safe to repeat. */
export type EmitExpression = (scope: CodeScope, args: readonly string[]) => string

/** What a call may ask of the running pipeline. Passed as the first argument to functions that set `usesContext`. */
export interface EvaluationContext {
  /** Processing time, epoch ms; read once per batch. */
  nowMs(): number
  /** When the query started, epoch ms (batch mode's CURRENT_TIMESTAMP). */
  queryStartMs(): number
  /** The operator's watermark before this record, epoch ms; `-Infinity` before the first. */
  watermarkMs(): number
  /** `[0, 1)` */
  random(): number
}

/** A scalar function resolved for given argument types. */
export interface ScalarBinding {
  /** The types to which the arguments are cast before the call, one for each argument. */
  readonly parameters: readonly DataType[]
  readonly returns: DataType
  /** `strict`: NULL if any argument is NULL, and neither `evaluate` nor `emit` sees one. `own`: it handles NULLs itself. */
  readonly nulls: 'strict' | 'own'
  /** May give NULL for non-NULL arguments although `nulls` is `strict`. */
  readonly mayReturnNull?: boolean
  /** `evaluate` and the emitted call take the {@link EvaluationContext} first; never folded. */
  readonly usesContext?: boolean
  /** `false`: equal arguments may give other values, so that calls are neither folded nor repeated nor melted into one. */
  readonly deterministic?: false
  /** Its value comes later; `evaluate` is never called then. */
  readonly async?: AsyncCall
  /** Its meaning, over values as `types/value.ts` lays down. @throws {EvaluationError} for a record that has no answer */
  readonly evaluate: (...args: never[]) => Value
  /** A faster form of the same; without it generated code calls `evaluate`. */
  readonly emit?: EmitExpression
}

/** How a function is called whose value comes later. */
export interface AsyncCall {
  /** @throws {EvaluationError} (rejects) when the record has no answer */
  readonly call: (args: readonly Value[], signal: AbortSignal) => Promise<Value>
  /** Calls that are under way at once, at most. */
  readonly maxInFlight: number
  /** For one attempt. */
  readonly timeoutMs: number
  /** In all, the first one included. */
  readonly maxAttempts: number
  /** Between two attempts. */
  readonly retryDelayMs: number
}

/** A parameter of a function that can be called with named arguments and defaults. */
export interface FunctionParameter {
  readonly name?: string
  readonly type: DataType
  /** It may be left out. */
  readonly default?: { readonly value: Value }
}

export interface FunctionDocs {
  /** One sentence. */
  readonly summary: string
  /** Calls with their results, such as `UPPER('ab')` → `'AB'`; the tests run them. */
  readonly examples?: readonly (readonly [call: string, result: string])[]
  readonly group:
    | 'comparison'
    | 'logical'
    | 'arithmetic'
    | 'string'
    | 'temporal'
    | 'conditional'
    | 'conversion'
    | 'collection'
    | 'json'
    | 'construction'
    | 'hash'
    | 'aggregate'
    | 'window'
    | 'system'
}

/**
 * A scalar function or operator, whose name is what SQL calls it (`UPPER`, `+`, `IS NULL`), in upper case.
 *
 * Special syntax reaches its function as a plain call: `EXTRACT(u FROM x)` as `EXTRACT('U', x)`, `TRIM(LEADING a FROM b)` as
 * `TRIM('LEADING', a, b)`, `CEIL(x TO u)` as `CEIL(x, 'U')`, `TIMESTAMPDIFF(u, a, b)` as `TIMESTAMPDIFF('U', a, b)`,
 * `SUBSTRING(s FROM a FOR b)` as `SUBSTRING(s, a, b)`, `POSITION(a IN b FROM n)` as `POSITION(a, b, n)`, units as constant strings.
 */
export interface ScalarFunction {
  readonly kind: 'scalar'
  readonly name: string
  readonly aliases?: readonly string[]
  readonly docs: FunctionDocs
  /** Of user functions; absent: arguments have no names. */
  readonly parameters?: readonly FunctionParameter[]
  resolve(args: readonly ArgumentInfo[], session: SessionInfo): ScalarBinding | SignatureProblem
}

/** A function that gives rows for each row: bound as a call that gives an ARRAY of them, which the plan unnests. */
export interface TableFunction {
  readonly kind: 'table'
  readonly name: string
  readonly aliases?: readonly string[]
  readonly docs: FunctionDocs
  readonly parameters?: readonly FunctionParameter[]
  resolve(args: readonly ArgumentInfo[], session: SessionInfo): ScalarBinding | SignatureProblem
}

/** One variable of an accumulator; it lives in state, so it is typed. */
export interface AccumulatorField {
  readonly name: string
  readonly type: DataType
  /** JavaScript expression of the start value, such as `0`, `null`, `new Map()`. */
  readonly initial: string
  /** A MAP or MULTISET that may hold any number of members: where groups live for long these are stored one by one. */
  readonly mayGrow?: true
}

/** An aggregate function resolved for given argument types. */
export interface AggregateBinding {
  readonly parameters: readonly DataType[]
  readonly returns: DataType
  /** NULL only when no row was accumulated: over groups of values that are NOT NULL the result is NOT NULL too. */
  readonly isNullOnlyIfEmpty?: boolean
  /** Rows with a NULL among the arguments are not accumulated (SQL's rule for most aggregates; not COUNT(*), FIRST_VALUE …). */
  readonly skipsNulls: boolean
  /** It runs code of the program, which may throw. */
  readonly callsUser?: true
  readonly fields: readonly AccumulatorField[]
  /** Emits statements that take a row in; `fields` are assignable expressions, `args` atoms (non-NULL when `skipsNulls`). */
  accumulate(scope: CodeScope, fields: readonly string[], args: readonly string[]): void
  /** Emits statements that take a row back out; absent when the binding cannot. */
  readonly retract?: (scope: CodeScope, fields: readonly string[], args: readonly string[]) => void
  /** Emits statements that merge another accumulator in (slices of windows); absent when the binding cannot. */
  readonly merge?: (scope: CodeScope, fields: readonly string[], from: readonly string[]) => void
  /**
   * Emits statements that take a merged accumulator back out, leaving exactly what merging the others gives; absent when the
   * binding cannot (extremes; sums of floating point, which round).
   */
  readonly unmerge?: (scope: CodeScope, fields: readonly string[], from: readonly string[]) => void
  /** An expression for the result, `null` for SQL's NULL. */
  result(scope: CodeScope, fields: readonly string[]): string
  /** Its meaning: the result over all argument rows in arrival order, those with NULLs left out when `skipsNulls`. */
  readonly evaluate: (rows: readonly (readonly Value[])[]) => Value
}

export interface AggregateFunction {
  readonly kind: 'aggregate'
  readonly name: string
  readonly aliases?: readonly string[]
  readonly docs: FunctionDocs
  /** Of user functions; absent: arguments have no names. */
  readonly parameters?: readonly FunctionParameter[]
  /** @param demands `retract`: the input takes rows back, so the binding must have `retract`. */
  resolve(
    args: readonly ArgumentInfo[],
    demands: { readonly retract: boolean },
    session: SessionInfo,
  ): AggregateBinding | SignatureProblem
}

/** The rows of a partition, in order, as a function over positions sees them. */
export interface OrderedRows {
  readonly size: number
  /** The call's arguments for the row at `index`. */
  argsAt(index: number): readonly Value[]
  /** The first of the rows that the order puts level with the row at `index`, and the one behind the last of them. */
  peersOf(index: number): readonly [start: number, end: number]
}

/** A function over positions, resolved for given argument types. */
export interface PositionBinding {
  readonly parameters: readonly DataType[]
  readonly returns: DataType
  /** Its meaning: the value for the row at `index` of its whole partition. */
  readonly at: (rows: OrderedRows, index: number) => Value
  /** The same over the rows that have come so far, the row itself the last; absent: it needs rows that come later. */
  readonly soFar?: AggregateBinding
}

/** A function that only OVER gives a meaning: it looks at where a row stands among the others. */
export interface PositionFunction {
  readonly kind: 'position'
  readonly name: string
  readonly aliases?: readonly string[]
  readonly docs: FunctionDocs
  readonly parameters?: readonly FunctionParameter[]
  resolve(args: readonly ArgumentInfo[], session: SessionInfo): PositionBinding | SignatureProblem
}

export type FunctionDefinition =
  | ScalarFunction
  | AggregateFunction
  | TableFunction
  | PositionFunction

/** Whether calls with equal arguments may be computed once, beforehand or again. */
export function isRepeatable(binding: ScalarBinding): boolean {
  return !binding.usesContext && binding.deterministic !== false
}

export function isProblem(x: object): x is SignatureProblem {
  return 'problem' in x
}
