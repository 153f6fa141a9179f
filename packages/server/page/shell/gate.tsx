// Shows the page to those who may look at it, and asks the others for a token.

import { postJson, useAccess } from '../api/access.ts'
import { Login } from './login.tsx'
import { Shell } from './shell.tsx'

export function Gate() {
  const { access, look } = useAccess()
  if (access === undefined) return <p class="view-loading note">Loading …</p>
  if (access.role === null) return <Login onDone={look} />
  const signOut = async () => {
    await postJson('api/logout', {})
    look()
  }
  return (
    <>
      <Shell />
      {access.needsToken ? (
        <p class="note signed-in">
          Signed in to {access.role}.{' '}
          <button type="button" onClick={signOut}>
            Sign out
          </button>
        </p>
      ) : null}
    </>
  )
}
