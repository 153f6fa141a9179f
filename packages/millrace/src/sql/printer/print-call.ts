// Prints function calls: the forms with keywords, JSON clauses, and what follows a call.

import type {
  Call,
  Expression,
  FrameBound,
  JsonBehavior,
  JsonClauses,
  WindowSpec,
} from '../ast/expression.ts'
import { CLAUSE_WORDS, NILADIC, RESERVED } from '../keywords.ts'
import { PREDICATE } from './precedence.ts'
import { printExpression, printExpressions } from './print-expression.ts'
import { printIdentifier, printPath } from './print-name.ts'
import { printOrderBy } from './print-query.ts'
import { printType } from './print-type.ts'

/** Words that open something else than a call, even with a parenthesis behind. */
const NOT_CALLABLE = new Set([
  'ARRAY',
  'CASE',
  'CAST',
  'CUBE',
  'EXISTS',
  'FALSE',
  'INTERVAL',
  'MULTISET',
  'NULL',
  'ROLLUP',
  'ROW',
  'TRUE',
  'TRY_CAST',
  'UNKNOWN',
])

/** A call with all that belongs to it. */
export function printCall(call: Call): string {
  const semantics = call.semantics ? `${call.semantics} ` : ''
  const within = call.orderBy.length > 0 ? ` WITHIN GROUP (${printOrderBy(call.orderBy)})` : ''
  const filter = call.filter ? ` FILTER (WHERE ${printExpression(call.filter)})` : ''
  const nulls = call.nulls ? ` ${call.nulls} NULLS` : ''
  const over = call.over ? ` OVER ${printOver(call.over)}` : ''
  return semantics + printHead(call) + within + filter + nulls + over
}

/** A call in FROM, where no reserved name is a function. */
export function printTableCall(call: Call): string {
  return `${printPath(call.name)}(${printArguments(call)})`
}

function printHead(call: Call): string {
  const [first, ...rest] = call.name
  const name = first?.name ?? ''
  if (rest.length > 0 || !RESERVED.has(name) || CLAUSE_WORDS.has(name) || NOT_CALLABLE.has(name))
    return printTableCall(call)
  if (NILADIC.has(name) && call.args.length === 0 && !call.quantifier) return name
  const quantifier = call.quantifier ? `${call.quantifier} ` : ''
  const args = printSpecial(name, call.args)
  // The name in backquotes is read as a plain function, with arguments of any shape.
  if (args === undefined) return printTableCall(call)
  const json = call.json ? printJsonClauses(call.json) : []
  return `${name}(${quantifier}${[args, ...json].filter(part => part !== '').join(' ')})`
}

function printArguments(call: Call): string {
  const quantifier = call.quantifier ? `${call.quantifier} ` : ''
  const json = call.json ? printJsonClauses(call.json) : []
  return [quantifier + printExpressions(call.args), ...json].filter(part => part !== '').join(' ')
}

/** The arguments in the form that the function's name asks for; undefined when they do not fit. */
function printSpecial(name: string, args: readonly Expression[]): string | undefined {
  const [a, b, c, d] = args
  switch (name) {
    case 'EXTRACT':
      if (a?.kind !== 'symbol' || !b || c) return undefined
      return `${a.name} FROM ${printExpression(b)}`
    case 'TRIM':
      if (a?.kind !== 'symbol' || !b || !c || d) return undefined
      return `${a.name} ${printExpression(b)} FROM ${printExpression(c)}`
    case 'POSITION': {
      if (!a || !b || d) return undefined
      const from = c ? ` FROM ${printExpression(c)}` : ''
      return `${printExpression(a, PREDICATE + 1)} IN ${printExpression(b)}${from}`
    }
    case 'OVERLAY': {
      if (!a || !b || !c || args.length > 4) return undefined
      const length = d ? ` FOR ${printExpression(d)}` : ''
      const [whole, part, from] = [a, b, c].map(arg => printExpression(arg))
      return `${whole} PLACING ${part} FROM ${from}${length}`
    }
    case 'CEIL':
    case 'CEILING':
    case 'FLOOR':
      if (!a || b?.kind !== 'symbol') return printExpressions(args)
      return `${printExpression(a)} TO ${b.name}`
    case 'JSON_OBJECT':
    case 'JSON_OBJECTAGG':
      return args.length % 2 === 0 ? printEntries(args) : undefined
    default:
      return printExpressions(args)
  }
}

function printEntries(args: readonly Expression[]): string {
  const texts = args.map(arg => printExpression(arg))
  // `x IS JSON VALUE` would be a test of its own.
  const key = (text: string) => (/IS (NOT )?JSON$/.test(text) ? `(${text})` : text)
  const entries = texts.flatMap((text, i) =>
    i % 2 === 0 ? [`${key(text)} VALUE ${texts[i + 1]}`] : [],
  )
  return entries.join(', ')
}

function printJsonClauses(json: JsonClauses): string[] {
  const clauses: string[] = []
  if (json.returning) clauses.push(`RETURNING ${printType(json.returning)}`)
  if (json.wrapper === 'WITHOUT') clauses.push('WITHOUT ARRAY WRAPPER')
  else if (json.wrapper) clauses.push(`WITH ${json.wrapper} ARRAY WRAPPER`)
  if (json.onEmpty) clauses.push(`${printBehavior(json.onEmpty)} ON EMPTY`)
  if (json.onError) clauses.push(`${printBehavior(json.onError)} ON ERROR`)
  if (json.nullHandling) clauses.push(`${json.nullHandling} ON NULL`)
  return clauses
}

function printBehavior(behavior: JsonBehavior): string {
  return behavior.kind === 'DEFAULT' ? `DEFAULT ${printExpression(behavior.value)}` : behavior.kind
}

function printOver(spec: WindowSpec): string {
  const isName = spec.partitionBy.length === 0 && spec.orderBy.length === 0 && !spec.frame
  return spec.name && isName ? printIdentifier(spec.name) : printWindowSpec(spec)
}

/** What stands behind OVER, and behind AS in WINDOW: the definition in parentheses. */
export function printWindowSpec(spec: WindowSpec): string {
  const parts: string[] = []
  if (spec.name) parts.push(printIdentifier(spec.name))
  if (spec.partitionBy.length > 0) parts.push(`PARTITION BY ${printExpressions(spec.partitionBy)}`)
  if (spec.orderBy.length > 0) parts.push(printOrderBy(spec.orderBy))
  if (spec.frame) {
    const { unit, start, end } = spec.frame
    const bounds = end ? `BETWEEN ${printBound(start)} AND ${printBound(end)}` : printBound(start)
    parts.push(`${unit} ${bounds}`)
  }
  return `(${parts.join(' ')})`
}

function printBound({ kind, offset }: FrameBound): string {
  return offset ? `${printExpression(offset)} ${kind}` : kind
}
