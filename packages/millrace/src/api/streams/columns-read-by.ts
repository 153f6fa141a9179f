// Which columns a lambda touches, found in its source text; nothing is ever run or rewritten because of it.

import { type Node, parse } from 'acorn'

/** What is known of a function's use of its first parameter. */
export interface LambdaReads {
  /** Names of the properties that it can read, in order of appearance; absent: any. */
  readonly names?: readonly string[]
  /** The function only gives back these columns, as `d => d.a` and `d => [d.a, d.b]` do. */
  readonly picks?: readonly string[]
}

/** Nothing is known: all columns must be kept. */
const ANY: LambdaReads = {}

/**
 * Finds which properties of its first parameter a function reads.
 *
 * Known are `d.a`, `d['a']`, and destructuring, in the parameter or of it (`const { a } = d`). As soon as the parameter is used in any
 * other way (passed on, spread, indexed by a variable, reassigned, seen through `arguments` or `eval`), all may be read. Shadowing
 * can only make the answer larger.
 */
export function columnsReadBy(lambda: (...args: never[]) => unknown): LambdaReads {
  const fn = parseFunction(Function.prototype.toString.call(lambda))
  if (!fn) return ANY
  const reads = new Reads()
  const [parameter] = fn.params
  for (const rest of fn.params.slice(1)) reads.visit(rest)
  if (parameter) reads.bind(parameter)
  reads.visit(fn.body)
  if (!reads.isComplete) return ANY
  const names = [...reads.names]
  const picks = pickedBy(fn, reads.parameter)
  return picks ? { names, picks } : { names }
}

interface AnyNode extends Node {
  readonly [property: string]: unknown
}

interface FunctionNode extends AnyNode {
  readonly params: readonly AnyNode[]
  readonly body: AnyNode
}

/** The function's syntax tree; `undefined` for native, bound and otherwise unreadable functions, generators and async ones included. */
function parseFunction(source: string): FunctionNode | undefined {
  for (const text of [`(${source})`, `({${source}})`]) {
    try {
      const program = parse(text, { ecmaVersion: 'latest' }) as unknown as {
        readonly body: readonly { readonly expression?: AnyNode }[]
      }
      const found = program.body[0]?.expression
      const node =
        found?.type === 'ObjectExpression'
          ? ((found['properties'] as readonly AnyNode[])[0]?.['value'] as AnyNode | undefined)
          : found
      if (node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression')
        return node as FunctionNode
    } catch {
      // Not this form; a method's source is no expression by itself.
    }
  }
  return undefined
}

/** Collects reads of the parameter over a syntax tree. */
class Reads {
  readonly names = new Set<string>()
  isComplete = true
  parameter: string | undefined

  /** Takes in the first parameter: a name, or a pattern that is itself the list of reads. */
  bind(parameter: AnyNode): void {
    if (parameter.type === 'Identifier') this.parameter = parameter['name'] as string
    else if (parameter.type === 'AssignmentPattern') {
      this.visit(parameter['right'])
      this.bind(parameter['left'] as AnyNode)
    } else this.#destructure(parameter)
  }

  visit(value: unknown): void {
    if (!this.isComplete) return
    if (Array.isArray(value)) for (const item of value) this.visit(item)
    else if (isNode(value)) this.#visitNode(value)
  }

  #visitNode(node: AnyNode): void {
    switch (node.type) {
      case 'Identifier':
        if (this.#escapes(node['name'] as string)) this.isComplete = false
        return
      case 'MemberExpression':
        this.#visitMember(node)
        return
      case 'VariableDeclarator':
        if (!this.#isParameter(node['init'])) break
        this.#destructure(node['id'] as AnyNode)
        return
      case 'Property':
      case 'PropertyDefinition':
      case 'MethodDefinition':
        if (node['computed'] === true) this.visit(node['key'])
        this.visit(node['value'])
        return
      default:
    }
    for (const property of Object.keys(node)) this.visit(node[property])
  }

  #visitMember(node: AnyNode): void {
    const property = node['property'] as AnyNode
    if (this.#isParameter(node['object'])) {
      const name = node['computed'] === true ? property['value'] : property['name']
      if (typeof name === 'string') this.names.add(name)
      else this.isComplete = false
      return
    }
    this.visit(node['object'])
    if (node['computed'] === true) this.visit(property)
  }

  /** The keys of `{ a, b: { c }, d = 1 }`; a rest or a computed key may read anything. */
  #destructure(pattern: AnyNode): void {
    if (pattern.type !== 'ObjectPattern') {
      this.isComplete = false
      return
    }
    for (const property of pattern['properties'] as readonly AnyNode[]) {
      const key = property['key'] as AnyNode | undefined
      const name = key?.type === 'Literal' ? key['value'] : key?.['name']
      if (property.type !== 'Property' || property['computed'] === true) this.isComplete = false
      else if (typeof name === 'string') this.names.add(name)
      else this.isComplete = false
      this.visit(property['value'])
    }
  }

  #isParameter(node: unknown): boolean {
    return (
      this.parameter !== undefined &&
      isNode(node) &&
      node.type === 'Identifier' &&
      node['name'] === this.parameter
    )
  }

  #escapes(name: string): boolean {
    return name === this.parameter || name === 'arguments' || name === 'eval'
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function pickedBy(fn: FunctionNode, parameter: string | undefined): readonly string[] | undefined {
  const body = returnedBy(fn)
  if (parameter === undefined || !body) return undefined
  const items =
    body.type === 'ArrayExpression' ? (body['elements'] as readonly (AnyNode | null)[]) : [body]
  const names = items.map(item => {
    const object = item?.['object'] as AnyNode | undefined
    const isPick =
      item?.type === 'MemberExpression' &&
      item['computed'] === false &&
      object?.type === 'Identifier' &&
      object['name'] === parameter
    return isPick ? ((item['property'] as AnyNode)['name'] as string) : undefined
  })
  return names.length > 0 && names.every(n => n !== undefined) ? names : undefined
}

/** The expression that a function gives back when that is all it does. */
function returnedBy({ body, async, generator }: FunctionNode): AnyNode | undefined {
  if (async === true || generator === true) return undefined
  if (body.type !== 'BlockStatement') return body
  const [only, ...more] = body['body'] as readonly AnyNode[]
  return only?.type === 'ReturnStatement' && more.length === 0
    ? ((only['argument'] as AnyNode | null) ?? undefined)
    : undefined
}
