// Errors on the terminal: what is wrong, where, what to do; a stack only for what Millrace's authors must mend.

import { functionForms, MillraceError } from 'millrace'
import { UsageError } from './usage-error.ts'

/** Prints the error to stderr; resolves to the exit code. */
export async function report(error: unknown): Promise<number> {
  if (error instanceof UsageError) return say(error.message, 1)
  if (isMillraceError(error) && error.domain !== 'internal') {
    const remedy = error.remedy && !error.message.includes(error.remedy) ? `\n${error.remedy}` : ''
    return say(`${error.message}${remedy}${await calls(error)}\n[${error.code}]`, 1)
  }
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  if (code && SYSTEM_CODES.has(code)) return say((error as Error).message, 1)
  const stack = error instanceof Error ? error.stack : String(error)
  return say(`Internal error. Please report it with what follows.\n${stack}`, 2)
}

/** Of a built-in function with wrong arguments: how it is called. */
async function calls(error: MillraceError): Promise<string> {
  if (!('functionName' in error) || typeof error.functionName !== 'string') return ''
  const forms = await functionForms(error.functionName)
  return forms.length > 0 ? `\nIt is called as:\n${forms.map(f => `  ${f}`).join('\n')}` : ''
}

/** Errors of the system that the user can mend. */
const SYSTEM_CODES = new Set([
  'ENOENT',
  'EACCES',
  'EISDIR',
  'ENOSPC',
  'EROFS',
  'EPERM',
  'ERR_MODULE_NOT_FOUND',
])

/** The program may have loaded another copy of the package, so the class alone does not tell. */
function isMillraceError(error: unknown): error is MillraceError {
  return (
    error instanceof MillraceError ||
    (error instanceof Error &&
      'domain' in error &&
      'code' in error &&
      String(error.code).startsWith('MR_'))
  )
}

function say(text: string, exitCode: number): number {
  process.stderr.write(`${text}\n`)
  return exitCode
}
