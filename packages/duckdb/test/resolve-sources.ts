// Loaded by child processes of tests with --import: packages resolve to their sources, as in the tests themselves.

import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    const name = /^(?:@millrace\/)?(millrace|duckdb)$/.exec(specifier)?.[1]
    if (name === undefined) return next(specifier, context)
    return next(new URL(`../../${name}/src/index.ts`, import.meta.url).href, context)
  },
})
