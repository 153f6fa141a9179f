// Errors of schema registries: each names the place, the cause, and what to do.

import { MillraceError } from 'millrace'

/** No registry could be reached, or none answers as it should. */
export class RegistryUnreachableError extends MillraceError {
  constructor(facts: {
    readonly urls: readonly string[]
    readonly attempts: number
    readonly reason: string
    readonly cause?: unknown
  }) {
    const { urls, attempts, reason, cause } = facts
    super(
      'MR_REGISTRY_UNREACHABLE',
      `The schema registry at ${urls.join(', ')} does not answer, after ${attempts} attempts: ${reason}.`,
      {
        domain: 'external',
        retry: 'backoff',
        cause,
        remedy: "Check the format's 'url', and whether a registry runs there.",
      },
    )
  }
}

/** The registry does not take who we say we are, or we do not trust its certificate. */
export class RegistrySecurityError extends MillraceError {
  constructor(facts: { readonly url: string; readonly reason: string; readonly cause?: unknown }) {
    super(
      'MR_REGISTRY_SECURITY',
      `The schema registry at ${facts.url} and this program do not trust each other: ${facts.reason}.`,
      {
        cause: facts.cause,
        remedy:
          "Check 'basic-auth.user-info' or 'bearer-auth.token', and the certificates that 'ssl.truststore.location' and 'ssl.keystore.location' name.",
      },
    )
  }
}

/** An answer that is none of those the API knows. */
export class RegistryResponseError extends MillraceError {
  constructor(facts: { readonly url: string; readonly reason: string }) {
    super('MR_REGISTRY_RESPONSE', `The schema registry answers at ${facts.url}: ${facts.reason}.`, {
      domain: 'external',
      remedy:
        "Check that 'url' is the root of a registry with Confluent's API (Apicurio's is …/apis/ccompat/v7).",
    })
  }
}

/** The subject's rules refuse the schema. */
export class IncompatibleSchemaError extends MillraceError {
  constructor(facts: {
    readonly table: string
    readonly subject: string
    readonly reason: string
    readonly schema: string
  }) {
    const { table, subject, reason, schema } = facts
    super(
      'MR_REGISTRY_INCOMPATIBLE',
      `The schema of table ${table} is not compatible with those of subject "${subject}": ${reason}. The schema: ${schema}`,
      {
        remedy:
          "Change the table's columns so that they fit (new ones are nullable), write to another subject ('subject'), or change the subject's compatibility in the registry.",
      },
    )
  }
}

/** A schema that a table needs is not there. */
export class UnregisteredSchemaError extends MillraceError {
  constructor(facts: {
    readonly table: string
    readonly subject: string
    readonly reason: string
    readonly schema: string
  }) {
    const { table, subject, reason, schema } = facts
    super(
      'MR_REGISTRY_UNREGISTERED',
      `Subject "${subject}" does not have the schema of table ${table}: ${reason}. The schema: ${schema}`,
      {
        remedy: "Register it, or let the program do so: without 'auto-register-schemas' = 'false'.",
      },
    )
  }
}

/** A schema that is none, or that does not fit the table. */
export class SchemaError extends MillraceError {
  constructor(facts: {
    readonly table: string
    readonly reason: string
    readonly cause?: unknown
  }) {
    super(
      'MR_REGISTRY_SCHEMA',
      `The schema of table ${facts.table} cannot be used: ${facts.reason}.`,
      {
        cause: facts.cause,
        remedy: "Correct the option 'schema', or the columns of the table.",
      },
    )
  }
}
