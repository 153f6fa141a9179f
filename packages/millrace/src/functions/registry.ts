// Finds built-in functions by name.

import type {
  AggregateFunction,
  FunctionDefinition,
  PositionFunction,
  ScalarFunction,
  TableFunction,
} from './function-definition.ts'

/** Functions by upper-case name or alias. User functions are added to a copy. */
export class FunctionRegistry {
  readonly #byName = new Map<string, FunctionDefinition>()
  readonly #implementations = new Map<FunctionDefinition, string>()

  constructor(definitions: Iterable<FunctionDefinition> = []) {
    for (const definition of definitions) this.add(definition)
  }

  /** @param implementation where SQL finds it, as CREATE FUNCTION names it */
  add(definition: FunctionDefinition, implementation?: string): this {
    for (const name of [definition.name, ...(definition.aliases ?? [])])
      this.#byName.set(name.toUpperCase(), definition)
    if (implementation === undefined) this.#implementations.delete(definition)
    else this.#implementations.set(definition, implementation)
    return this
  }

  /** What CREATE FUNCTION named for a function. */
  implementationOf(definition: FunctionDefinition): string | undefined {
    return this.#implementations.get(definition)
  }

  /** All functions, each once. */
  all(): ReadonlySet<FunctionDefinition> {
    return new Set(this.#byName.values())
  }

  /** Takes back what `add` did under that name. */
  remove(name: string): void {
    this.#byName.delete(name.toUpperCase())
  }

  find(name: string): FunctionDefinition | undefined {
    return this.#byName.get(name.toUpperCase())
  }

  scalar(name: string): ScalarFunction | undefined {
    const found = this.find(name)
    return found?.kind === 'scalar' ? found : undefined
  }

  aggregate(name: string): AggregateFunction | undefined {
    const found = this.find(name)
    return found?.kind === 'aggregate' ? found : undefined
  }

  position(name: string): PositionFunction | undefined {
    const found = this.find(name)
    return found?.kind === 'position' ? found : undefined
  }

  table(name: string): TableFunction | undefined {
    const found = this.find(name)
    return found?.kind === 'table' ? found : undefined
  }

  /** All names and aliases, for proposals. */
  names(): string[] {
    return [...this.#byName.keys()]
  }

  copy(): FunctionRegistry {
    const copy = new FunctionRegistry()
    for (const definition of this.all()) copy.add(definition, this.implementationOf(definition))
    return copy
  }
}
