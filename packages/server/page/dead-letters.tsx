// Records that could not be processed: why, where they came from, and what they said.

import type { DeadLetter } from '@millrace/server'
import { eventTime, grouped } from './number-format.ts'
import { usePolled } from './polled.ts'

interface Answer {
  readonly total: number
  readonly deadLetters: readonly DeadLetter[]
}

export function DeadLetters() {
  const { data, error } = usePolled<Answer>('api/dead-letters?limit=50', 2_000)
  if (data?.deadLetters.length === 0) return <p class="empty">None.</p>
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Dead letters">
        <table>
          <thead>
            <tr>
              <th scope="col">at (UTC)</th>
              <th scope="col">source</th>
              <th scope="col">position</th>
              <th scope="col">reason</th>
              <th scope="col">record</th>
            </tr>
          </thead>
          <tbody>
            {data?.deadLetters.map(letter => (
              <tr key={letter.id}>
                <td>{eventTime(letter.atMs)}</td>
                <td>{letter.source}</td>
                <td>{letter.position}</td>
                <td>{letter.reason}</td>
                <td class="is-code">{letter.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="note">{error ?? (data ? `${grouped(data.total)} in all` : 'Reading …')}</p>
    </>
  )
}
