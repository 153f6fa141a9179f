// The error of a job that cannot go on.

import { MillraceError } from '../../types/errors.ts'

/** An error of unknown kind as one of Millrace's, its cause kept. */
export function asJobError(error: unknown): unknown {
  if (error instanceof MillraceError || !(error instanceof Error)) return error
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new MillraceError('MR_IO_FAILED', `Access was refused: ${error.message}`, {
      domain: 'external',
      remedy: 'Run as a user who may read (or write) it, or change its rights.',
      cause: error,
    })
  if (code === 'ENOSPC' || code === 'EIO' || code === 'EDQUOT')
    return new MillraceError('MR_IO_FAILED', `The disk failed (${code}): ${error.message}`, {
      domain: 'external',
      remedy: 'Free or mend the disk, then start again: everything committed is kept.',
      cause: error,
    })
  return error
}
