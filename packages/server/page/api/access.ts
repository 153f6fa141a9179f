// What the one who looks at the page may do, and how to sign in and out.

import { useEffect, useState } from 'preact/hooks'
import type { Role } from '@millrace/server'
import { readJson } from './live-job.ts'

export interface Access {
  /** null: a token is needed first. */
  readonly role: Role | null
  readonly needsToken: boolean
}

/** Sends JSON to the API; throws with the server's own message. */
export async function postJson<T>(path: string, body: object): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = (await response.json()) as T & { error?: string }
  if (!response.ok) throw new Error(answer.error ?? response.statusText)
  return answer
}

/** A session ends, and a server that starts anew knows none. */
const LOOK_MS = 15_000

export function useAccess(): { readonly access: Access | undefined; readonly look: () => void } {
  const [access, setAccess] = useState<Access>()
  const look = () => {
    readJson<Access>('api/access').then(setAccess, () => {})
  }
  useEffect(() => {
    look()
    const timer = setInterval(look, LOOK_MS)
    return () => clearInterval(timer)
  }, [])
  return { access, look }
}
