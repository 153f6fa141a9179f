// The texts that were run last, kept by this browser.

const KEY = 'millrace.console.history'
const MOST = 50
const LONGEST = 20_000

/** The newest first. */
export function readHistory(): readonly string[] {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown
    return Array.isArray(kept) ? kept.filter(text => typeof text === 'string') : []
  } catch {
    return []
  }
}

/** Puts a text first; returns all. A browser that keeps nothing has a history as long as the page. */
export function remember(history: readonly string[], text: string): readonly string[] {
  if (text.trim() === '' || text.length > LONGEST) return history
  const next = [text, ...history.filter(t => t !== text)].slice(0, MOST)
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
  } catch {
    // Full, or not allowed.
  }
  return next
}
