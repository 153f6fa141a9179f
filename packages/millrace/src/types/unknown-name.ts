// Proposals for a name that is not known: the nearest known one by edit distance.

/**
 * The candidate that `name` was probably meant to be, or `undefined` when none is near.
 *
 * Case counts as half an edit, so that `Price` finds `price` before `pride`; transposed letters count as one edit.
 */
export function proposeName(name: string, candidates: Iterable<string>): string | undefined {
  const bound = Math.max(1, Math.floor(name.length / 3)) + 0.5
  let best: string | undefined
  let bestDistance = bound
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > bestDistance) continue
    const distance =
      candidate.toLowerCase() === name.toLowerCase() ? 0.5 : editDistance(name, candidate)
    if (candidate !== name && distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** ` Did you mean "price"?`, or nothing: to be appended to a message. */
export function proposal(name: string, candidates: Iterable<string>): string {
  const proposed = proposeName(name, candidates)
  return proposed === undefined ? '' : ` Did you mean ${JSON.stringify(proposed)}?`
}

/** `"a", "b", "c"` with at most `limit` names, the rest counted. */
export function listNames(names: Iterable<string>, limit = 20): string {
  const all = [...names]
  const shown = all.slice(0, limit).map(name => JSON.stringify(name))
  if (all.length > limit) shown.push(`and ${all.length - limit} more`)
  return shown.join(', ')
}

/** Optimal string alignment distance (insert, delete, replace, swap neighbours), letter case ignored at half the price. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replace = (last[j - 1] as number) + replacementCost(a[i - 1], b[j - 1])
      let cost = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, replace)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] as number) + 1)
      row.push(cost)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] as number
}

function replacementCost(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0
  return a?.toLowerCase() === b?.toLowerCase() ? 0.5 : 1
}
