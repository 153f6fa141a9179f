// Tests of all packages, examples and tools: workspace packages resolve to their sources, so no build is needed.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const packages = fileURLToPath(new URL('packages', import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^millrace$/, replacement: `${packages}/millrace/src/index.ts` },
      { find: /^@millrace\/([a-z-]+)$/, replacement: `${packages}/$1/src/index.ts` },
    ],
  },
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
      'bench/test/**/*.test.ts',
      'conformance/test/**/*.test.ts',
      'tools/test/**/*.test.ts',
    ],
    globalSetup: ['tools/testing/broker-of-run.ts', 'tools/testing/page-of-run.ts'],
    environment: 'node',
    pool: 'forks',
    testTimeout: 90_000,
    hookTimeout: 30_000,
  },
})
