// Amounts of memory in Flink's notation. Durations: `types/duration.ts`.

const MEMORY_BYTES: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  byte: 1,
  bytes: 1,
  k: 2 ** 10,
  kb: 2 ** 10,
  kib: 2 ** 10,
  m: 2 ** 20,
  mb: 2 ** 20,
  mib: 2 ** 20,
  g: 2 ** 30,
  gb: 2 ** 30,
  gib: 2 ** 30,
  t: 2 ** 40,
  tb: 2 ** 40,
  tib: 2 ** 40,
}

/** `128 mb`, `64k`, `1gb`; units are powers of 1,024. `undefined` when it is no amount. */
export function parseBytes(text: string): number | undefined {
  const match = /^\s*(\d+)\s*([a-z]*)\s*$/i.exec(text)
  const factor = match && MEMORY_BYTES[(match[2] as string).toLowerCase()]
  return match && factor ? Number(match[1]) * factor : undefined
}
