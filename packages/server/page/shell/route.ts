// Which view the address names: `#/dead-letters/42`.

import { useEffect, useState } from 'preact/hooks'

export interface Route {
  readonly view: string
  readonly path: readonly string[]
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash))
  useEffect(() => {
    const follow = () => setRoute(routeOf(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  return route
}

/** The address of a view, and of a place in it. */
export const hrefOf = (view: string, ...path: readonly string[]): string =>
  `#/${[view, ...path].map(encodeURIComponent).join('/')}`

function routeOf(hash: string): Route {
  const [view = '', ...path] = hash.replace(/^#\/?/, '').split('/').map(decoded)
  return { view, path }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
