// Where a token is asked for.

import { useState } from 'preact/hooks'
import { postJson } from '../api/access.ts'

export function Login({ onDone }: { readonly onDone: () => void }) {
  const [problem, setProblem] = useState<string>()
  const [token, setToken] = useState('')
  const signIn = async (event: Event) => {
    event.preventDefault()
    try {
      await postJson('api/login', { token })
      onDone()
    } catch (error) {
      setProblem((error as Error).message)
    }
  }
  return (
    <main class="login panel" aria-label="Sign in">
      <h1>Millrace</h1>
      <form onSubmit={signIn}>
        <label for="token">Token</label>
        <input
          id="token"
          type="password"
          autocomplete="current-password"
          required
          value={token}
          onInput={event => setToken(event.currentTarget.value)}
        />
        <button type="submit">Sign in</button>
      </form>
      <p class="failure" role="alert">
        {problem}
      </p>
      <p class="note">
        The program that serves this page was given a token to read, or to operate.
      </p>
    </main>
  )
}
