// Which options hold passwords, keys and tokens, by their names: Flink masks the same ones.

const SENSITIVE =
  /password|secret|apikey|api-key|api\.key|account\.key|auth-params|service-key|token|basic-auth|user-info|jaas\.config|keystore\.key|http-headers/i
/** Where a secret is, or how it is got, is none. */
const PLACE = /(?:url|uri|location|path|class|type|ms|seconds|source|\.id)$/i

/** Whether an option's value must not be printed. */
export const isSensitive = (option: string): boolean =>
  SENSITIVE.test(option) && !PLACE.test(option)

/** SQL text of which no sensitive value can be read; all else stays where it is. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(
    /('(?:[^']|'')*')(\s*=\s*')((?:[^']|'')*)(?=')/g,
    (all, name: string, sign: string, value: string) =>
      isSensitive(name.slice(1, -1)) ? `${name}${sign}${value.replaceAll(/[^\n]/g, '*')}` : all,
  )
}
