// JAAS texts, in which Java's clients have their names and passwords: `… required username="…" password="…";`.

/** A field, in either kind of quotes. */
export function jaasField(jaas: string, name: string): string | undefined {
  const match = new RegExp(
    `\\b${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|'((?:[^'\\\\]|\\\\.)*)')`,
  ).exec(jaas)
  return (match?.[1] ?? match?.[2])?.replaceAll(/\\(.)/g, '$1')
}

/** Fields of a login module as a text. */
export const jaasText = (module: string, fields: Readonly<Record<string, string>>): string =>
  `${module} required ${Object.entries(fields)
    .map(([name, value]) => `${name}="${value.replaceAll(/["\\]/g, '\\$&')}"`)
    .join(' ')};`
