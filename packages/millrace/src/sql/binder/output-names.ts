// Names of result columns, made distinct as Flink does.

/** Equal names get a number behind: `a`, `a0`, `a1`. */
export function distinctNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return names.map(name => {
    let free = name
    for (let n = 0; taken.has(free); n++) free = `${name}${n}`
    taken.add(free)
    return free
  })
}
