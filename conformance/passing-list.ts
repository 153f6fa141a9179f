// The list of cases that must pass: reading, judging results by it, writing it.

/** What became of one case. */
export interface CaseResult {
  /** `group/name mode`, or `expressions/name`. */
  readonly id: string
  readonly ok: boolean
  /** Why it failed; empty when it passed. */
  readonly why: string
}

export interface Verdict {
  /** Listed, and passing. */
  readonly passed: readonly string[]
  /** Listed, but failing or gone. */
  readonly broken: readonly CaseResult[]
  /** Passing, but not listed. */
  readonly unlisted: readonly string[]
}

/** The ids of a list: a line each, `#` starts a comment line. */
export function readPassingList(text: string): string[] {
  return text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
}

/** Holds results against the list. `partial`: only some cases ran, so that a listed one may be absent. */
export function judgeResults(
  results: readonly CaseResult[],
  listed: readonly string[],
  partial: boolean,
): Verdict {
  const byId = new Map(results.map(result => [result.id, result]))
  const held = partial ? listed.filter(id => byId.has(id)) : listed
  const found = held.map(id => byId.get(id) ?? { id, ok: false, why: 'there is no such case' })
  return {
    passed: found.filter(result => result.ok).map(result => result.id),
    broken: found.filter(result => !result.ok),
    unlisted: results.filter(({ id, ok }) => ok && !listed.includes(id)).map(({ id }) => id),
  }
}

/** The list after these results: what ran is in it when it passed, what did not run stays. */
export function formatPassingList(
  header: string,
  results: readonly CaseResult[],
  listed: readonly string[],
): string {
  const ran = new Set(results.map(result => result.id))
  const kept = listed.filter(id => !ran.has(id))
  const passing = results.filter(result => result.ok).map(result => result.id)
  return `${[header, ...[...kept, ...passing].sort()].join('\n')}\n`
}
