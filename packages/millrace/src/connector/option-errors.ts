// Errors of table options: each names the table and the option, and proposes what was meant.

import { MillraceError } from '../types/errors.ts'
import { shownOption } from '../types/sensitive-options.ts'
import { proposeName } from '../types/unknown-name.ts'

const list = (names: readonly string[]): string => names.map(n => `'${n}'`).join(', ')

/** An option that neither connector nor format has. */
export class UnknownOptionError extends MillraceError {
  /** The option that is wrong. */
  readonly option: string

  constructor(facts: { table: string; option: string; known: readonly string[] }) {
    const nearest = proposeName(facts.option, facts.known)
    super('MR_OPTION_UNKNOWN', `table "${facts.table}" has an unknown option '${facts.option}'`, {
      remedy: nearest ? `Did you mean '${nearest}'?` : `Known options: ${list(facts.known)}.`,
    })
    this.option = facts.option
  }
}

/** An option whose value is not of its kind. */
export class InvalidOptionError extends MillraceError {
  /** The option that is wrong. */
  readonly option: string

  constructor(facts: { table: string; option: string; value: string; expected: string }) {
    super(
      'MR_OPTION_INVALID',
      `option '${facts.option}' of table "${facts.table}" is '${shownOption(facts.option, facts.value)}'`,
      { remedy: `It takes ${facts.expected}.` },
    )
    this.option = facts.option
  }
}

/** An option that the connector cannot do without. */
export class MissingOptionError extends MillraceError {
  /** The option that is wrong. */
  readonly option: string

  constructor(facts: { table: string; option: string; description: string }) {
    super('MR_OPTION_MISSING', `table "${facts.table}" lacks the option '${facts.option}'`, {
      remedy: `Set it: ${facts.description}`,
    })
    this.option = facts.option
  }
}

/** A connector that is not registered for this use. */
export class UnknownConnectorError extends MillraceError {
  /** The option that is wrong. */
  readonly option: string

  constructor(facts: { table: string; connector: string; use: string; known: readonly string[] }) {
    const nearest = proposeName(facts.connector, facts.known)
    super(
      'MR_CONNECTOR_UNKNOWN',
      `table "${facts.table}" is a ${facts.use} of the unknown connector '${facts.connector}'`,
      {
        remedy: `${nearest ? `Did you mean '${nearest}'? ` : ''}There are ${list(facts.known)}.`,
      },
    )
    this.option = 'connector'
  }
}

/** A format that is not registered for this use. */
export class UnknownFormatError extends MillraceError {
  /** The option that is wrong. */
  readonly option: string

  constructor(facts: {
    table: string
    format: string
    /** The option that names it. */
    option?: string
    known: readonly string[]
  }) {
    const nearest = proposeName(facts.format, facts.known)
    super('MR_FORMAT_UNKNOWN', `table "${facts.table}" has the unknown format '${facts.format}'`, {
      remedy: `${nearest ? `Did you mean '${nearest}'? ` : ''}There are ${list(facts.known)}.`,
    })
    this.option = facts.option ?? 'format'
  }
}

/** A METADATA column of a key that the connector does not have. */
export class UnknownMetadataError extends MillraceError {
  constructor(facts: {
    table: string
    column: string
    key: string
    connector: string
    use: 'source' | 'sink'
    known: readonly string[]
  }) {
    const nearest = proposeName(facts.key, facts.known)
    super(
      'MR_SQL_UNSUPPORTED',
      `metadata '${facts.key}' of column "${facts.column}" ${facts.use === 'sink' ? 'cannot be written by' : 'is not known to'} connector '${facts.connector}' of table "${facts.table}"`,
      {
        remedy:
          facts.known.length > 0
            ? `${nearest ? `Did you mean '${nearest}'? ` : ''}There are ${list(facts.known)}.`
            : facts.use === 'sink'
              ? 'Declare the column as VIRTUAL: it is then only read.'
              : `Remove the column: '${facts.connector}' has no metadata.`,
      },
    )
  }
}

/** PARTITIONED BY of a table whose connector would not mind it. */
export class PartitionsUnsupportedError extends MillraceError {
  constructor(facts: { table: string; connector: string }) {
    super(
      'MR_SQL_UNSUPPORTED',
      `PARTITIONED BY of table "${facts.table}" is not supported by connector '${facts.connector}'`,
      { remedy: 'Declare a table for each partition, and UNION ALL them where they are read.' },
    )
  }
}
