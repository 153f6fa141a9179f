// Loaded with --import by kill tests and child processes of tests: packages resolve to their sources, so no build is needed.

import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    const [, scoped, name = scoped] = /^(?:@millrace\/([a-z-]+)|(millrace))$/.exec(specifier) ?? []
    if (name === undefined) return next(specifier, context)
    return next(new URL(`../../packages/${name}/src/index.ts`, import.meta.url).href, context)
  },
})
