// Evaluates SQL expressions through function bindings alone: a small binder for tests that need no planner.

import { MillraceError } from '../../../src/types/errors.ts'
import { castBinding } from '../../../src/functions/conversion/cast-binding.ts'
import { createBuiltInRegistry } from '../../../src/functions/built-in.ts'
import type {
  ArgumentInfo,
  ScalarBinding,
  SessionInfo,
} from '../../../src/functions/function-definition.ts'
import type {
  Expression,
  IntervalLiteral,
  JsonClauses,
  Literal,
} from '../../../src/sql/ast/expression.ts'
import { parseExpression } from '../../../src/sql/parser/expressions.ts'
import { TokenStream } from '../../../src/sql/parser/token-stream.ts'
import {
  type DataType,
  formatType,
  notNull,
  sameType,
  types,
  withNullable,
} from '../../../src/types/data-type.ts'
import { canonical } from '../../../src/types/integer.ts'
import type { Schema } from '../../../src/types/schema.ts'
import { leastRestrictive } from '../../../src/types/type-rules.ts'
import { parseDate, parseTime, parseTimestamp } from '../../../src/types/temporal-text.ts'
import type { Row, Value } from '../../../src/types/value.ts'
import { compileScalar, interpretScalar } from './compile.ts'

/** The expression does not resolve. */
export class BindError extends Error {}

export interface Evaluated {
  readonly type: DataType
  /** By `evaluate`. */
  readonly evaluate: (row: Row) => Value
  /** By what bindings emit, where they emit. */
  readonly compiled: (row: Row) => Value
  readonly constant: boolean
}

const registry = createBuiltInRegistry()

/** Why an expression without columns is refused, when it is bound or evaluated; undefined: it has a value. */
export function refusalOf(text: string): string | undefined {
  try {
    evaluateExpression(text).evaluate([])
    return undefined
  } catch (error) {
    if (error instanceof BindError || error instanceof MillraceError) return error.message
    throw error
  }
}

/** Binds an expression over the columns of a schema. @throws {BindError} */
export function evaluateExpression(
  text: string,
  schema: Schema = [],
  session: SessionInfo = { timeZone: 'UTC' },
): Evaluated {
  const tokens = new TokenStream(text)
  return new Binder(schema, session).bind(parseExpression(tokens))
}

const literal = (type: DataType, value: Value): Evaluated => ({
  type: value === null ? type : notNull(type),
  evaluate: () => value,
  compiled: () => value,
  constant: true,
})
const text = (value: string): Evaluated => literal(types.char([...value].length), value)

class Binder {
  readonly #schema: Schema
  readonly #session: SessionInfo

  constructor(schema: Schema, session: SessionInfo) {
    this.#schema = schema
    this.#session = session
  }

  bind(e: Expression): Evaluated {
    const all = (list: readonly Expression[]) => list.map(x => this.bind(x))
    switch (e.kind) {
      case 'literal':
        return bindLiteral(e)
      case 'interval':
        return bindInterval(e)
      case 'symbol':
        return text(e.name)
      case 'column':
        return this.#column(e.path.map(part => part.name))
      case 'call': {
        const name = e.name
          .map(part => part.name)
          .join('.')
          .toUpperCase()
        if (name === 'IF')
          return this.#case(
            [[this.bind(e.args[0] as Expression), this.bind(e.args[1] as Expression)]],
            this.bind(e.args[2] as Expression),
          )
        return this.#call(name, this.#withClauses(name, all(e.args), e.json, e.args))
      }
      case 'unary':
        if (e.operator === 'NOT') return this.#call('NOT', all([e.operand]))
        return e.operator === '+' ? this.bind(e.operand) : this.#negate(this.bind(e.operand))
      case 'binary':
        if (e.operator === 'AND' || e.operator === 'OR')
          return this.#logical(e.operator, all([e.left, e.right]))
        if (e.operator === 'OVERLAPS')
          return this.#call('OVERLAPS', all([...itemsOf(e.left), ...itemsOf(e.right)]))
        return this.#call(e.operator, all([e.left, e.right]))
      case 'is':
        return this.#call(`IS ${e.negated ? 'NOT ' : ''}${e.test}`, all([e.operand]))
      case 'like':
        return this.#call(
          (e.negated ? 'NOT ' : '') + e.operator,
          all([e.operand, e.pattern, ...(e.escape ? [e.escape] : [])]),
        )
      case 'between':
        return this.#call(
          `${e.negated ? 'NOT ' : ''}BETWEEN${e.symmetric ? ' SYMMETRIC' : ''}`,
          all([e.operand, e.low, e.high]),
        )
      case 'in-list':
        return this.#call(e.negated ? 'NOT IN' : 'IN', all([e.operand, ...e.items]))
      case 'case':
        return this.#case(
          e.branches.map(b => [
            e.operand ? this.#call('=', all([e.operand, b.when])) : this.bind(b.when),
            this.bind(b.then),
          ]),
          e.otherwise ? this.bind(e.otherwise) : literal(types.null, null),
        )
      case 'cast':
        return this.#cast(this.bind(e.operand), e.type, e.safe)
      case 'array':
      case 'row':
      case 'map':
        return this.#call(e.kind.toUpperCase(), all(e.items))
      case 'index':
        return this.#call('ITEM', all([e.operand, e.index]))
      case 'field':
        return field(this.bind(e.operand), e.name.name)
      default:
        throw new BindError(`no ${e.kind} here`)
    }
  }

  #column(path: readonly string[]): Evaluated {
    const [first = '', ...rest] = path
    const index = this.#schema.findIndex(c => c.name === first)
    // PI and the like go without parentheses.
    if (index < 0 && rest.length === 0 && registry.scalar(first)) return this.#call(first, [])
    if (index < 0) throw new BindError(`no column ${first}`)
    const read = (row: Row) => row[index] as Value
    const column = {
      type: (this.#schema[index] as Schema[number]).type,
      evaluate: read,
      compiled: read,
      constant: false,
    }
    return rest.reduce<Evaluated>(field, column)
  }

  #negate(x: Evaluated): Evaluated {
    if (!x.constant) return this.#call('-', [literal(types.int, 0), x])
    const value = x.evaluate([]) as number | bigint
    return literal(x.type, typeof value === 'bigint' ? canonical(-value) : 0 - value)
  }

  #withClauses(
    name: string,
    args: Evaluated[],
    json: JsonClauses | undefined,
    sources: readonly Expression[],
  ): Evaluated[] {
    const behavior = (x: JsonClauses['onEmpty'], otherwise = 'NULL') => text(x?.kind ?? otherwise)
    const given = (x: JsonClauses['onEmpty']) =>
      x?.kind === 'DEFAULT' ? this.bind(x.value) : literal(types.null, null)
    switch (name) {
      case 'JSON_EXISTS':
        return json?.onError ? [...args, behavior(json.onError)] : args
      case 'JSON_VALUE':
        return [
          ...args,
          text(json?.returning ? formatType(json.returning) : 'STRING'),
          behavior(json?.onEmpty),
          given(json?.onEmpty),
          behavior(json?.onError),
          given(json?.onError),
        ]
      case 'JSON_QUERY':
        return [
          ...args,
          text(json?.wrapper ?? 'WITHOUT'),
          behavior(json?.onEmpty),
          behavior(json?.onError),
          text(json?.returning ? formatType(json.returning) : 'STRING'),
        ]
      case 'JSON_OBJECT':
      case 'JSON_ARRAY': {
        const isObject = name === 'JSON_OBJECT'
        const values = sources.filter((_, i) => !isObject || i % 2 === 1)
        const ready = values.flatMap((v, i) =>
          v.kind === 'call' && /^JSON(_OBJECT|_ARRAY)?$/.test(v.name[0]?.name ?? '') ? [i] : [],
        )
        return [
          text(`${json?.nullHandling ?? (isObject ? 'NULL' : 'ABSENT')}:${ready.join(',')}`),
          ...args,
        ]
      }
      default:
        return args
    }
  }

  #call(name: string, args: readonly Evaluated[]): Evaluated {
    const definition = registry.scalar(name)
    if (definition === undefined) throw new BindError(`no function ${name}`)
    const infos: ArgumentInfo[] = args.map(a =>
      a.constant ? { type: a.type, constant: { value: a.evaluate([]) } } : { type: a.type },
    )
    const binding = definition.resolve(infos, this.#session)
    if ('problem' in binding) throw new BindError(`${name} ${binding.problem}`)
    const coerced = args.map((a, i) => this.#cast(a, binding.parameters[i] as DataType, false))
    return apply(binding, coerced)
  }

  #cast(arg: Evaluated, type: DataType, safe: boolean): Evaluated {
    if (sameType(arg.type, type)) return arg
    if (arg.type.kind === 'null') return literal(withNullable(type, true), null)
    const binding = castBinding(arg.type, type, this.#session, { safe })
    if ('problem' in binding) throw new BindError(binding.problem)
    return apply(binding, [arg])
  }

  #logical(operator: 'AND' | 'OR', args: readonly Evaluated[]): Evaluated {
    const run = (values: readonly Value[]): Value => {
      const decided = operator === 'OR'
      return values.includes(decided) ? decided : values.includes(null) ? null : !decided
    }
    return {
      type: withNullable(
        types.boolean,
        args.some(a => a.type.nullable),
      ),
      evaluate: row => run(args.map(a => a.evaluate(row))),
      compiled: row => run(args.map(a => a.compiled(row))),
      constant: false,
    }
  }

  #case(branches: readonly (readonly [Evaluated, Evaluated])[], otherwise: Evaluated): Evaluated {
    const results = [...branches.map(([, then]) => then), otherwise]
    const type = leastRestrictive(results.map(r => r.type))
    if (type === undefined) throw new BindError('no common type')
    const cast = results.map(r => this.#cast(r, type, false))
    const pick = (row: Row) => {
      const at = branches.findIndex(([when]) => when.evaluate(row) === true)
      return cast.at(at) as Evaluated
    }
    return {
      type,
      evaluate: row => pick(row).evaluate(row),
      compiled: row => pick(row).compiled(row),
      constant: false,
    }
  }
}

function apply(binding: ScalarBinding, args: readonly Evaluated[]): Evaluated {
  const run = interpretScalar(binding)
  const fast = binding.emit ? compileScalar(binding) : run
  return {
    type: binding.returns,
    evaluate: row => run(...args.map(a => a.evaluate(row))),
    compiled: row => fast(...args.map(a => a.compiled(row))),
    constant: args.every(a => a.constant) && !binding.usesContext && args.length > 0,
  }
}

const itemsOf = (e: Expression): readonly Expression[] => (e.kind === 'row' ? e.items : [e])

function field(operand: Evaluated, name: string): Evaluated {
  const fields = operand.type.kind === 'row' ? operand.type.fields : []
  const index = fields.findIndex(f => f.name === name)
  if (index < 0) throw new BindError(`no field ${name}`)
  const pick = (row: Value) => (row === null ? null : ((row as readonly Value[])[index] as Value))
  return {
    type: withNullable((fields[index] as (typeof fields)[number]).type, true),
    evaluate: row => pick(operand.evaluate(row)),
    compiled: row => pick(operand.compiled(row)),
    constant: false,
  }
}

function bindLiteral({ type, text: written }: Literal): Evaluated {
  const decimals = /\.(\d+)/.exec(written)?.[1]?.length ?? 0
  switch (type) {
    case 'string':
      return text(written)
    case 'binary': {
      const bytes = Uint8Array.from(written.match(/../g) ?? [], h => Number.parseInt(h, 16))
      return literal(types.binary(bytes.length), bytes)
    }
    case 'true':
    case 'false':
      return literal(types.boolean, type === 'true')
    case 'null':
      return literal(types.null, null)
    case 'unknown':
      return literal(types.boolean, null)
    case 'date':
      return literal(types.date, parseDate(written))
    case 'time':
      return literal(types.time(decimals), parseTime(written))
    case 'timestamp':
      return literal(types.timestamp(decimals), parseTimestamp(written, decimals))
    default:
      return bindNumber(written)
  }
}

function bindNumber(written: string): Evaluated {
  if (/e/i.test(written)) return literal(types.double, Number(written))
  if (written.includes('.')) {
    const [whole = '', fraction = ''] = written.split('.')
    const digits = (whole + fraction).replace(/^0+/, '')
    const precision = Math.max(digits.length, fraction.length)
    return literal(types.decimal(precision, fraction.length), canonical(BigInt(digits || '0')))
  }
  const value = BigInt(written)
  if (value >= 2n ** 63n) throw new BindError(`the numeric literal ${written} is out of range`)
  return literal(value < 2n ** 31n ? types.int : types.bigint, canonical(value))
}

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  DAY: 86_400,
  HOUR: 3_600,
  MINUTE: 60,
  SECOND: 1,
}

function bindInterval({ text: written, negative, qualifier }: IntervalLiteral): Evaluated {
  const sign = (negative ? -1 : 1) * (written.startsWith('-') ? -1 : 1)
  const parts = written.replace(/^[+-]/, '').split(/[-: ]/).map(Number)
  const [first = 0, second = 0] = parts
  if (qualifier.from === 'YEAR' || qualifier.from === 'MONTH') {
    const months = qualifier.from === 'MONTH' ? first : first * 12 + second
    return literal(types.intervalYear(), sign * months)
  }
  const units = Object.keys(UNIT_SECONDS)
  const at = units.indexOf(qualifier.from)
  const seconds = parts.reduce((sum, n, i) => sum + n * (UNIT_SECONDS[units[at + i] ?? ''] ?? 0), 0)
  return literal(types.intervalDay(), Math.round(sign * seconds * 1000) + 0)
}
