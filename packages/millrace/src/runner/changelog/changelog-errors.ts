// Why state cannot be had from its changelog.

import { MillraceError } from '../../types/errors.ts'

/** The changelog does not have what was committed. */
export class ChangelogIncompleteError extends MillraceError {
  constructor(facts: {
    readonly program: string
    readonly place: string
    readonly decided: string
    readonly found: string | undefined
  }) {
    const { program, place, decided, found } = facts
    super(
      'MR_CHANGELOG_INCOMPLETE',
      `The state of "${program}" cannot be rebuilt: ${place} has it as of epoch ${found ?? 'none'}, but ${decided} was committed.`,
      {
        domain: 'external',
        retry: 'reset-state',
        remedy:
          'Its records were deleted, or it was made anew: start with the state folder that was used last, or begin anew with --fresh.',
      },
    )
  }
}
