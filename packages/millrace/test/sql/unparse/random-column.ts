// Random column expressions of typed programs: values, conditions, aggregates, by the types of a table's columns.

import type { Choices } from '@millrace/testing'
import {
  abs,
  agg,
  type AnyTable,
  arrayAgg,
  caseWhen,
  ceil,
  charLength,
  coalesce,
  concat,
  count,
  countDistinct,
  dateFormat,
  extract,
  firstValue,
  floor,
  fn,
  jsonArrayAgg,
  jsonObjectAgg,
  lastValue,
  listAgg,
  lit,
  lower,
  max,
  min,
  nullIf,
  nullOf,
  power,
  round,
  substring,
  sum,
  t,
  timestampDiff,
  trim,
  upper,
} from '../../../src/index.ts'
import { isRowtime } from '../../../src/types/data-type.ts'

/** A column expression of whatever type: which operations it has is known by its column alone. */
// biome-ignore lint/suspicious/noExplicitAny: programs are made at random, their types are not known before
export type Random = any

/** The columns by name. */
export type RandomColumns = Readonly<Record<string, Random>>

type Family = 'number' | 'text' | 'time' | 'array' | 'row' | 'boolean' | 'other'

function familyOf(kind: string): Family {
  switch (kind) {
    case 'char':
    case 'varchar':
      return 'text'
    case 'int':
    case 'bigint':
    case 'decimal':
    case 'double':
      return 'number'
    case 'timestamp':
      return 'time'
    case 'array':
    case 'row':
    case 'boolean':
      return kind
    default:
      return 'other'
  }
}

/** The names of the columns of a family, in the table's order. */
export const columnsOf = (table: AnyTable, ...families: readonly Family[]): readonly string[] =>
  table.plan.schema.filter(c => families.includes(familyOf(c.type.kind))).map(c => c.name)

/** The event times among the columns. */
export const timesOf = (table: AnyTable): readonly string[] =>
  table.plan.schema.filter(c => isRowtime(c.type)).map(c => c.name)

/** A name that the table has not yet. */
export function freshName(table: AnyTable, base: string): string {
  const taken = new Set(table.plan.schema.map(c => c.name))
  let name = base
  for (let i = 2; taken.has(name); i++) name = `${base}${i}`
  return name
}

/** What an expression says of one column; undefined when none is of the family. */
function ofOne(
  choices: Choices,
  table: AnyTable,
  families: readonly Family[],
  forms: readonly ((column: Random) => Random)[],
): ((columns: RandomColumns) => Random) | undefined {
  const names = columnsOf(table, ...families)
  if (names.length === 0) return undefined
  const [name, form] = [choices.pick(names), choices.pick(forms)]
  return columns => form(columns[name])
}

const text = t.string().nullable()

/** A value computed of the columns. */
export function value(choices: Choices, table: AnyTable): (columns: RandomColumns) => Random {
  const made = choices.pick([
    () =>
      ofOne(
        choices,
        table,
        ['number'],
        [
          x => x.add(1),
          x => x.sub(x).mul(2),
          x => x.div(3),
          x => x.neg(),
          x => abs(x),
          x => floor(x),
          x => ceil(x),
          x => round(x, 1),
          x => power(x, 2),
          x => x.cast(t.decimal(20, 4)),
          x => x.cast(t.string()),
          x => nullIf(x, 3),
          x => x.orElse(0),
          x => coalesce(x, 7, 8),
          x =>
            caseWhen(
              [
                [x.gt(1), 'much'],
                [x.eq(1), 'one'],
              ],
              'little',
            ),
          x => caseWhen([[x.isNull(), 1]]),
          x => fn('JSON_OBJECT', t.string(), 'NULL', 'value', x),
          x => fn('JSON_ARRAY', t.string(), 'ABSENT', x, 1),
        ],
      ),
    () =>
      ofOne(
        choices,
        table,
        ['text'],
        [
          x => upper(x),
          x => trim(lower(x)),
          x => substring(x, 2),
          x => substring(x, 1, 2),
          x => charLength(x),
          x => concat(x, "it's", x),
          x => x.concat('-☃'),
          x => x.tryCast(t.int()),
          x => x.cast(t.varchar(2)),
          x => fn('REVERSE', text, x),
          x => fn('JSON_QUOTE', text, x),
          x => fn('JSON_VALUE', text, x, '$.a'),
          x =>
            fn(
              'JSON_VALUE',
              text,
              x,
              '$.b',
              'STRING',
              'DEFAULT',
              "it's",
              'ERROR',
              nullOf(t.string()),
            ),
          x => fn('SPLIT_INDEX', text, x, ',', 0),
        ],
      ),
    () =>
      ofOne(
        choices,
        table,
        ['time'],
        [
          x => x.plus('90m'),
          x => x.minus('100 d'),
          x => extract('HOUR', x),
          x => dateFormat(x, 'yyyy-MM-dd'),
          x => timestampDiff('MINUTE', x, x.plus('1h')),
          x => x.cast(t.date()),
          x => x.cast(t.timestamp(0)),
        ],
      ),
    () =>
      ofOne(
        choices,
        table,
        ['array'],
        [x => x.at(1), x => fn('CARDINALITY', t.int().nullable(), x)],
      ),
    () => ofOne(choices, table, ['row'], [x => x.field('letter'), x => x.field('row')]),
    () => () =>
      choices.pick([
        lit(1),
        lit(9_999_999_999n),
        lit(-1.5),
        lit("it's"),
        lit(new Date(1_704_067_200_123)),
        lit(Uint8Array.of(10, 255)),
        nullOf(t.decimal(5, 2)),
      ]),
  ])()
  return made ?? (() => lit(choices.below(5)))
}

/** A condition on the columns. */
export function condition(choices: Choices, table: AnyTable): (columns: RandomColumns) => Random {
  const one = choices.pick([
    () =>
      ofOne(
        choices,
        table,
        ['number'],
        [
          x => x.gt(1),
          x => x.le(2.5),
          x => x.between(0, 9),
          x => x.in([1, 2, 3]),
          x => x.notIn([4]),
          x => x.ne(x.add(1)),
        ],
      ),
    () =>
      ofOne(
        choices,
        table,
        ['text'],
        [
          x => x.like('a%'),
          x => x.notLike('a!_', '!'),
          x => x.eq('x').or(x.lt('m')),
          x => x.in(['x', "it's"]),
          x => fn('REGEXP', t.boolean().nullable(), x, '^a.*'),
          x => fn('JSON_EXISTS', t.boolean().nullable(), x, '$.a', 'FALSE'),
          x => fn('IS JSON', t.boolean(), x),
        ],
      ),
    () =>
      ofOne(
        choices,
        table,
        ['time'],
        [x => x.gt(new Date(5000)), x => x.ge(x.minus('3h')), x => x.lt(4000)],
      ),
    () =>
      ofOne(
        choices,
        table,
        ['number', 'text', 'time'],
        [
          x => x.isNull(),
          x => x.isNotNull(),
          x => x.isNotDistinctFrom(x),
          x => x.eq(x).not(),
          x => x.isDistinctFrom(x),
        ],
      ),
  ])()
  if (!one) return () => lit(true)
  if (!choices.oneIn(3)) return one
  const other = condition(choices, table)
  const isAnd = choices.oneIn(2)
  return columns => (isAnd ? one(columns).and(other(columns)) : one(columns).or(other(columns)))
}

/** Aggregates by the names of their columns. */
export function aggregates(choices: Choices, table: AnyTable): (columns: RandomColumns) => Random {
  const numbers = columnsOf(table, 'number')
  const texts = columnsOf(table, 'text')
  const keys = table.plan.schema.filter(c => texts.includes(c.name) && !c.type.nullable)
  const number = numbers.length > 0 ? choices.pick(numbers) : undefined
  const word = texts.length > 0 ? choices.pick(texts) : undefined
  const all: Record<string, Random> = { rows: count() }
  if (number !== undefined)
    Object.assign(all, {
      total: sum(number),
      least: min(number),
      most: max(number),
      different: countDistinct(number),
      spread: agg('PERCENTILE', t.double().nullable(), number, lit(0.5)),
      list: jsonArrayAgg(number, { nulls: choices.pick(['NULL', 'ABSENT']) }),
    })
  if (word !== undefined)
    Object.assign(all, {
      words: listAgg(word, choices.pick([',', '/'])),
      first: firstValue(word),
      last: lastValue(word),
      every: arrayAgg(word),
    })
  if (keys[0] && number !== undefined)
    all['object'] = jsonObjectAgg(keys[0].name, number, { nulls: choices.pick(['NULL', 'ABSENT']) })
  const names = choices.some(Object.keys(all), 1)
  const filter = choices.oneIn(4) ? condition(choices, table) : undefined
  return columns =>
    Object.fromEntries(
      names.map((name, i) => [
        freshName(table, name),
        filter && i === 0 ? all[name].where(filter(columns)) : all[name],
      ]),
    )
}
