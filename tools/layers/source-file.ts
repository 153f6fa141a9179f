// What one TypeScript source imports and touches, read from its syntax tree.

import { parseSync } from 'oxc-parser'

/** An import, re-export or `import()` of a module. */
export interface ModuleReference {
  readonly specifier: string
  readonly line: number
}

/** The use of a global name, such as `process` or `Date.now`. */
export interface GlobalUse {
  readonly name: string
  readonly line: number
}

export interface SourceFile {
  /** From the root of the repository, with `/`. */
  readonly path: string
  readonly lineCount: number
  readonly imports: readonly ModuleReference[]
  /** Lines of `export * from …`. */
  readonly starExports: readonly number[]
  /** Globals: undeclared names, and `Name.member` of them. */
  readonly globals: readonly GlobalUse[]
}

interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

/**
 * Reads a source text. Code inside of strings and templates is not looked at.
 *
 * A name that the file declares anywhere counts as declared everywhere in it: scopes are not followed.
 *
 * @throws {SyntaxError} when the text does not parse
 */
export function readSourceFile(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]?.message}`)
  const lineStarts = startsOfLines(text)
  const lineOf = (offset: number) => lineAt(lineStarts, offset)
  const imports: ModuleReference[] = []
  const starExports: number[] = []
  const uses: GlobalUse[] = []
  const declared = new Set<string>()

  visit(program as unknown as Node, undefined, '', (node, parent, key) => {
    const source = node.source
    if (isNode(source) && source.type === 'Literal' && typeof source.value === 'string') {
      imports.push({ specifier: source.value, line: lineOf(node.start) })
    }
    if (node.type === 'ExportAllDeclaration') starExports.push(lineOf(node.start))
    if (node.type === 'NewExpression' && isBareNewDate(node)) {
      uses.push({ name: 'new Date()', line: lineOf(node.start) })
    }
    if (node.type === 'ObjectPattern') for (const name of namesBoundBy(node)) declared.add(name)
    if (node.type !== 'Identifier') return
    const name = String(node.name)
    if (declares(parent, key)) declared.add(name)
    else if (!isPropertyName(parent, key)) {
      const member = memberOf(parent, key)
      uses.push({
        name: member === undefined ? name : `${name}.${member}`,
        line: lineOf(node.start),
      })
    }
  })

  const isGlobal = ({ name }: GlobalUse) => !declared.has(name.split('.')[0] as string)
  return {
    path,
    lineCount: text.endsWith('\n') ? lineStarts.length - 1 : lineStarts.length,
    imports,
    starExports,
    globals: uses.filter(isGlobal),
  }
}

type Visitor = (node: Node, parent: Node | undefined, key: string) => void

function visit(node: Node, parent: Node | undefined, key: string, visitor: Visitor): void {
  visitor(node, parent, key)
  for (const [childKey, child] of Object.entries(node)) {
    for (const one of Array.isArray(child) ? child : [child]) {
      if (isNode(one)) visit(one, node, childKey, visitor)
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

const DECLARING: Readonly<Record<string, readonly string[]>> = {
  VariableDeclarator: ['id'],
  FunctionDeclaration: ['id', 'params'],
  FunctionExpression: ['id', 'params'],
  ArrowFunctionExpression: ['params'],
  TSFunctionType: ['params'],
  TSMethodSignature: ['params'],
  TSEmptyBodyFunctionExpression: ['params'],
  ClassDeclaration: ['id'],
  ImportSpecifier: ['local', 'imported'],
  ImportDefaultSpecifier: ['local'],
  ImportNamespaceSpecifier: ['local'],
  CatchClause: ['param'],
  ArrayPattern: ['elements'],
  RestElement: ['argument'],
  AssignmentPattern: ['left'],
}

function declares(parent: Node | undefined, key: string): boolean {
  if (parent === undefined) return false
  return DECLARING[parent.type]?.includes(key) ?? false
}

/** The names that `{ a, b: c }` binds at its own level; defaults and nested patterns declare their own. */
function namesBoundBy(pattern: Node): string[] {
  const values = (pattern.properties as Node[]).map(property => property.value).filter(isNode)
  return values.filter(value => value.type === 'Identifier').map(value => String(value.name))
}

/** Whether an identifier at this place is a name of a property or type member, not a variable. */
function isPropertyName(parent: Node | undefined, key: string): boolean {
  if (parent === undefined) return false
  if (key === 'property') return parent.computed !== true
  if (key === 'key') return parent.computed !== true
  return key === 'label' || key === 'exported'
}

function memberOf(parent: Node | undefined, key: string): string | undefined {
  if (parent?.type !== 'MemberExpression' || key !== 'object') return undefined
  const property = parent.property
  if (!isNode(property)) return undefined
  if (parent.computed !== true) return String(property.name)
  return property.type === 'Literal' ? String(property.value) : undefined
}

function isBareNewDate(node: Node): boolean {
  const { callee } = node
  return isNode(callee) && callee.name === 'Date' && (node.arguments as unknown[]).length === 0
}

function startsOfLines(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return low + 1
}
