// Bundles the page, with everything that it needs, into dist/page: it works offline and from one origin.
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'page',
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: '../dist/page', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: false },
  logLevel: 'warn',
})
