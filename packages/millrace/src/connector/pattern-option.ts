// Options that hold a regular expression which the whole of a name must match.

import { regexOf } from '../functions/string/java-regex.ts'
import { MillraceError } from '../types/errors.ts'

/** Whether a name is wanted: all are, without the option. @throws {MillraceError} `MR_OPTION_INVALID` */
export function patternOption(
  option: string,
  pattern: string | undefined,
): (name: string | undefined) => boolean {
  if (pattern === undefined) return () => true
  const regex = regexOf(`^(?:${pattern})$`)
  if (regex === undefined)
    throw new MillraceError('MR_OPTION_INVALID', `${option} is no regular expression: ${pattern}`, {
      remedy: 'Write it in the syntax of java.util.regex, such as shop_[0-9]+.',
    })
  return name => name !== undefined && regex.test(name)
}
