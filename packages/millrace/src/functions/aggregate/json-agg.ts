// `JSON_OBJECTAGG(onNull, key, value)` and `JSON_ARRAYAGG(onNull, value)`, whose first argument is a constant as of JSON_OBJECT:
// 'NULL' or 'ABSENT', followed by ':0' when the value is JSON already. SQL's defaults: NULL for objects, ABSENT for arrays.

import type { DataType } from '../../types/data-type.ts'
import { formatType, isCharacter, notNull, types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem, typesOf } from '../binding.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type {
  AggregateBinding,
  AggregateFunction,
  ArgumentInfo,
  CodeScope,
} from '../function-definition.ts'
import { writeJson } from '../json/json-value.ts'
import { toJsonOf } from '../json/to-json.ts'
import { keepArrivals } from './arrivals.ts'
import { storeValues } from './stored-values.ts'

/** The declared type of Flink; longer texts come out whole. */
const JSON_TEXT: DataType = notNull(types.varchar(2000))

/** Writes a value as JSON text; `undefined` when it is NULL and NULLs are to be left out. */
type WriteItem = (value: Value) => string | undefined

function writerOf(onNull: ArgumentInfo, type: DataType): WriteItem | undefined {
  const [behavior, ready] = String(onNull.constant?.value).split(':')
  if (behavior !== 'NULL' && behavior !== 'ABSENT') return undefined
  const toJson = toJsonOf(type)
  const write = ready === undefined ? (v: Value) => writeJson(toJson(v)) : (v: Value) => v as string
  const none = behavior === 'NULL' ? 'null' : undefined
  return value => (value === null ? none : write(value))
}

type Members = Map<string, string>

type Step = AggregateBinding['accumulate']

/** A JSON object of the rows' keys and values; a key that comes twice is an error. */
export const jsonObjectAgg: AggregateFunction = {
  kind: 'aggregate',
  name: 'JSON_OBJECTAGG',
  docs: {
    group: 'aggregate',
    summary: "A JSON object of the rows' keys and values, its keys sorted.",
  },
  resolve(args) {
    const [onNull, key, value] = args
    if (!onNull || !key || !value || args.length !== 3) return problem('needs a KEY and a VALUE')
    if (!isCharacter(key.type)) return problem(`needs a STRING as KEY, not ${formatType(key.type)}`)
    const write = writerOf(onNull, value.type)
    if (write === undefined) return problem('needs NULL ON NULL or ABSENT ON NULL')
    const put = (members: Members, k: string | null, v: Value): void => {
      const text = write(v)
      if (text === undefined) return
      if (k === null) throw new EvaluationError('JSON_OBJECTAGG needs a KEY that is not NULL')
      if (members.has(k))
        throw new EvaluationError(`JSON_OBJECTAGG has the KEY '${k}' already`, 'Make keys unique.')
      members.set(k, text)
    }
    const remove = (members: Members, k: string | null, v: Value): void => {
      if (k !== null && write(v) !== undefined) members.delete(k)
    }
    const merge = (members: Members, from: Members): void => {
      for (const [k, text] of from) {
        if (members.has(k))
          throw new EvaluationError(
            `JSON_OBJECTAGG has the KEY '${k}' already`,
            'Make keys unique.',
          )
        members.set(k, text)
      }
    }
    const change = (f: unknown, hint: string) => {
      return (
        scope: CodeScope,
        [members = '']: readonly string[],
        [, k = '', v = '']: readonly string[],
      ) => scope.statement(`${scope.constant(f, hint)}(${members}, ${k}, ${v})`)
    }
    return {
      parameters: typesOf(args),
      returns: JSON_TEXT,
      skipsNulls: false,
      fields: [
        {
          name: 'members',
          type: notNull(types.map(types.string, types.string)),
          initial: 'new Map()',
          mayGrow: true,
        },
      ],
      accumulate: change(put, 'put'),
      retract: change(remove, 'remove'),
      merge: (scope, [members = ''], [from = '']) =>
        scope.statement(`${scope.constant(merge, 'merge')}(${members}, ${from})`),
      result: (scope, [members = '']) => `${scope.constant(formatMembers, 'format')}(${members})`,
      evaluate(rows) {
        const members: Members = new Map()
        for (const [, k = null, v = null] of rows) put(members, k as string | null, v)
        return formatMembers(members)
      },
    }
  },
}

function formatMembers(members: Members): string {
  const keys = [...members.keys()].sort()
  return `{${keys.map(k => `${JSON.stringify(k)}:${members.get(k)}`).join(',')}}`
}

/** A JSON array of the values in arrival order. */
export const jsonArrayAgg: AggregateFunction = {
  kind: 'aggregate',
  name: 'JSON_ARRAYAGG',
  docs: {
    group: 'aggregate',
    summary: 'A JSON array of the values in the order in which they came.',
  },
  resolve(args, demands) {
    const [onNull, value] = args
    if (!onNull || !value || args.length !== 2) return problem('needs one value')
    const write = writerOf(onNull, value.type)
    if (write === undefined) return problem('needs NULL ON NULL or ABSENT ON NULL')
    const stored: Pick<AggregateBinding, 'fields' | 'accumulate' | 'retract' | 'merge'> =
      demands.retract ? keepArrivals(types.string).binding : storeValues(types.string)
    const texts = demands.retract ? (values: string) => `[...${values}.values()]` : String
    const withText = (step: Step): Step => {
      return (scope, fields, [, v = '']) => {
        const inner: string[] = []
        const text = scope.local('json')
        scope.statement(`const ${text} = ${scope.constant(write, 'writeJson')}(${v})`)
        step({ ...bound(scope), statement: code => void inner.push(code) }, fields, [text])
        scope.statement(`if (${text} !== undefined) { ${inner.join('; ')} }`)
      }
    }
    return {
      ...stored,
      accumulate: withText(stored.accumulate),
      ...(stored.retract && { retract: withText(stored.retract) }),
      parameters: typesOf(args),
      returns: JSON_TEXT,
      skipsNulls: false,
      result: (_, [values = '']) => `\`[\${${texts(values)}.join(',')}]\``,
      evaluate: rows =>
        `[${rows
          .map(([, v = null]) => write(v))
          .filter(text => text !== undefined)
          .join(',')}]`,
    }
  },
}

/** A scope's methods as plain functions, so that one of them can be replaced. */
function bound(scope: CodeScope): CodeScope {
  return {
    local: hint => scope.local(hint),
    statement: code => scope.statement(code),
    constant: (value, hint) => scope.constant(value, hint),
  }
}
