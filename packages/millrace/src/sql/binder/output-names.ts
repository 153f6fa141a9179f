// Names of result columns, made distinct as Flink does.

/** Equal names get a number behind: `a`, `a0`, `a1`. */
export function distinctNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map(name => {
    const free = freeName(name, taken)
    taken.add(free)
    return free
  })
}

/** The names of one SELECT list, given from left to right. */
export class SelectedNames {
  readonly #taken = new Set<string>()
  readonly #isGrouped: boolean
  #count = 0

  /** @param isGrouped the SELECT has GROUP BY */
  constructor(isGrouped: boolean) {
    this.#isGrouped = isGrouped
  }

  /** The name of an item; one without a name is `EXPR$n`: its position or, in a grouped SELECT, the number of names before it. */
  add(name: string | undefined): string {
    const given = name ?? `EXPR$${this.#isGrouped ? this.#taken.size : this.#count}`
    this.#taken.add(given)
    this.#count++
    return given
  }

  /** The name of a column that a star stands for: unlike items, these give way to equal names before them. */
  addFromStar(name: string): string {
    return this.add(freeName(name, this.#taken))
  }
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name
  for (let n = 0; taken.has(free); n++) free = `${name}${n}`
  return free
}
