// A sink that takes rows but lets none through until it is opened: what is before it has to wait.

import type { SinkFactory, SinkWriter } from 'millrace'

export interface Dam {
  readonly factory: SinkFactory
  open(): void
}

/** Its connector is called `dam`. */
export function createDam(): Dam {
  let isOpen = false
  const { promise: opened, resolve } = Promise.withResolvers<void>()
  const writer: SinkWriter = {
    appliedEpoch: 0,
    get bufferedBytes() {
      return isOpen ? 0 : Number.MAX_SAFE_INTEGER
    },
    open: async () => {},
    write: () => {},
    cut: () => {},
    prepare: () => opened.then(() => ({})),
    apply: async () => {},
    finish: async () => {},
    close: async () => {},
  }
  return {
    factory: {
      connector: 'dam',
      options: [],
      takesFormat: false,
      accepts: () => ['append'],
      guarantee: () => 'at-least-once',
      create: () => writer,
    },
    open() {
      isOpen = true
      resolve()
    },
  }
}
