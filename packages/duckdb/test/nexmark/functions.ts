// The function of Nexmark's q14.

import { scalarFunction, t } from 'millrace'

/** How often a letter stands in a text. */
export const countChar = scalarFunction({
  args: [t.string(), t.string()],
  returns: t.bigint(),
  eval: (text, letter) => BigInt(text.split(letter).length - 1),
})
