// Seeds that once found something wrong, in the engine or in the simulator itself; they are tried for ever.

/** With what each found. */
export const FOUND_SEEDS: readonly { readonly seed: number; readonly found: string }[] = [
  {
    seed: 14,
    found:
      'the check took the watermark of an ended source as lost, which comes back before the first read',
  },
  { seed: 35, found: 'the same, in a join of which one side has ended long before' },
  {
    seed: 2182,
    found:
      'windows over two sources fired again after a restart: what the end of one had done to the watermark was forgotten',
  },
]
