// Which options hold passwords, keys and tokens, by their names: Flink masks the same ones.

const SENSITIVE =
  /password|secret|apikey|api-key|api\.key|account\.key|auth-params|service-key|token|basic-auth|user-info|jaas\.config|keystore\.key|http-headers/i
/** Where a secret is, or how it is got, is none. */
const PLACE = /(?:url|uri|location|path|class|type|ms|seconds|source|\.id)$/i

/** Whether an option's value must not be printed. */
export const isSensitive = (option: string): boolean =>
  SENSITIVE.test(option) && !PLACE.test(option)

/** `scheme://user:password@` */
const USER_OF_URL = /(?<=:\/\/)[^\s'"/@]+(?=@)/g

/** `'name' = 'value'`; a forgotten sign or a forgotten last quote does not show the value. */
const OPTION = /('(?:[^']|'')*')(\s*=?\s*')((?:[^']|'')*)(?='|$)/g

const stars = (text: string): string => text.replaceAll(/[^\n]/g, '*')

/** What is printed of the user and the password in an address. */
export const withoutUser = (url: string, mask: (user: string) => string): string =>
  url.replaceAll(USER_OF_URL, mask)

/** SQL text of which no sensitive value can be read; all else stays where it is. */
export function withoutSecrets(text: string): string {
  const masked = text.replaceAll(OPTION, (all, name: string, sign: string, value: string) =>
    isSensitive(name.slice(1, -1)) ? `${name}${sign}${stars(value)}` : all,
  )
  return withoutUser(masked, stars)
}
