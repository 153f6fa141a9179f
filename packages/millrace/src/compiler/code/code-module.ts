// The text of one generated module: constants, functions, and the blocks that code is emitted into.

import type { CodeScope } from '../../functions/function-definition.ts'
import { InternalError } from '../../types/errors.ts'

/** A function, class or variable of the module, and those whose code is in it. */
interface Declaration {
  readonly code: string
  readonly owners: ReadonlySet<unknown>
}

/** Collects the functions and constants of a module, and turns them into running code. */
export class CodeModule {
  readonly #constants = new Map<unknown, string>()
  readonly #declarations: Declaration[] = []
  /** Of the functions that are being emitted, the innermost last: whose code is in them. */
  readonly #open: Set<unknown>[] = []
  #owner: unknown
  #names = 0

  /** A name unique in the module. */
  name(hint: string): string {
    return `${safeHint(hint)}_${this.#names++}`
  }

  /** Binds a value as a constant of the module; the same value gives the same name. */
  constant(value: unknown, hint: string): string {
    const known = this.#constants.get(value)
    if (known) return known
    const name = this.name(hint)
    this.#constants.set(value, name)
    return name
  }

  /** Adds a declaration (a function, a class, a variable) to the module, in order. */
  declare(code: string, owners: ReadonlySet<unknown> = new Set([this.#owner])): void {
    this.#declarations.push({ code, owners })
  }

  /** What is emitted meanwhile is the owner's. */
  within<T>(owner: unknown, emit: () => T): T {
    const outer = this.#owner
    this.#owner = owner
    this.#open.at(-1)?.add(owner)
    const emitted = emit()
    this.#owner = outer
    return emitted
  }

  /** All declarations with code of this owner; others may have code in them too. Undefined: there are none. */
  sourceOf(owner: unknown): string | undefined {
    const own = this.#declarations.filter(d => d.owners.has(owner))
    return own.length === 0 ? undefined : own.map(d => d.code).join('\n\n')
  }

  /** Adds a function and returns its name. */
  addFunction(
    hint: string,
    parameters: readonly string[],
    body: (scope: BlockScope) => void,
  ): string {
    const name = this.name(hint)
    const scope = new BlockScope(this)
    const owners = new Set([this.#owner])
    this.#open.push(owners)
    body(scope)
    this.#open.pop()
    const code = `function ${name}(${parameters.join(', ')}) {\n${indent(scope.text())}\n}`
    this.declare(code, owners)
    return name
  }

  /** The module as readable source, without its constants. */
  source(exported: string): string {
    const names = [...this.#constants.values()]
    const header = names.length > 0 ? `const { ${names.join(', ')} } = constants\n` : ''
    return `'use strict'\n${header}${this.#declarations.map(d => d.code).join('\n\n')}\nreturn ${exported}\n`
  }

  /** Runs the module; `exported` is an expression over its declarations. No text of data or queries is in it but as JSON literals. */
  instantiate<T>(exported: string): T {
    const source = this.source(exported)
    const constants = Object.fromEntries([...this.#constants].map(([value, name]) => [name, value]))
    try {
      return new Function('constants', source)(constants) as T
    } catch (cause) {
      throw new InternalError(
        `generated code does not compile: ${(cause as Error).message}\n${source}`,
        { cause },
      )
    }
  }
}

/** A block of statements. Locals declared in it are visible in it and in the blocks opened from it. */
export class BlockScope implements CodeScope {
  readonly module: CodeModule
  readonly parent: BlockScope | undefined
  readonly #lines: string[] = []

  constructor(module: CodeModule, parent?: BlockScope) {
    this.module = module
    this.parent = parent
  }

  local(hint: string): string {
    return this.module.name(hint)
  }

  constant(value: unknown, hint: string): string {
    return this.module.constant(value, hint)
  }

  statement(code: string): void {
    this.#lines.push(code)
  }

  /** Emits `const name = code` and returns the name; atoms (names, literals) are returned as they are. */
  assign(hint: string, code: string): string {
    if (isAtom(code)) return code
    const name = this.local(hint)
    this.statement(`const ${name} = ${code}`)
    return name
  }

  /** Emits `head { … }` with what `body` emits. */
  block(head: string, body: (scope: BlockScope) => void): void {
    const inner = new BlockScope(this.module, this)
    body(inner)
    this.statement(`${head}{\n${indent(inner.text())}\n}`)
  }

  /** A child block whose text the caller places itself. */
  child(): BlockScope {
    return new BlockScope(this.module, this)
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0
  }

  text(): string {
    return this.#lines.join('\n')
  }

  /** Whether code in this block sees what was declared in `other`. */
  sees(other: BlockScope): boolean {
    for (let s: BlockScope | undefined = this; s; s = s.parent) if (s === other) return true
    return false
  }
}

/** Whether the code is a name or a literal: free to repeat, without effect. */
export function isAtom(code: string): boolean {
  return /^(?:[A-Za-z_$][\w$]*|-?\d+(?:\.\d+)?n?|"(?:[^"\\]|\\.)*")$/.test(code)
}

export function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ')
}

function safeHint(hint: string): string {
  return (
    hint
      .replaceAll(/[^A-Za-z0-9]/g, '')
      .replace(/^\d/, 'c$&')
      .slice(0, 24) || 'v'
  )
}
