// The API of a schema registry, as Confluent's: schemas by id and by subject, registration; asked again while that can help.

import type { RuntimePorts } from 'millrace'
import { type HttpAnswer, HttpConnection } from './http-request.ts'
import {
  RegistryResponseError,
  RegistrySecurityError,
  RegistryUnreachableError,
} from './registry-errors.ts'
import type { RegistrySettings } from './registry-settings.ts'

export type SchemaType = 'AVRO' | 'JSON' | 'PROTOBUF'

/** A schema that another one uses, by the name that it is imported by. */
export interface SchemaReference {
  readonly name: string
  readonly subject: string
  readonly version: number
}

/** What is registered. */
export interface SchemaText {
  readonly type: SchemaType
  readonly text: string
  readonly references: readonly SchemaReference[]
}

/** A schema with all that it uses, directly or not: each once, what others use before them. */
export interface ResolvedSchema extends SchemaText {
  readonly dependencies: readonly { readonly name: string; readonly text: string }[]
}

/** What the registry says against a request; `code` as in its API. */
export interface Refusal {
  readonly status: number
  readonly code: number
  readonly reason: string
}

interface SchemaAnswer {
  readonly id?: number
  readonly schema: string
  readonly schemaType?: string
  readonly references?: readonly SchemaReference[]
}

const NO_SUCH = 404

export class RegistryClient {
  readonly #settings: RegistrySettings
  readonly #ports: Pick<RuntimePorts, 'clock' | 'random'>
  readonly #signal: AbortSignal | undefined
  readonly #http: HttpConnection
  /** Of several addresses the one that answered last. */
  #current = 0

  constructor(
    settings: RegistrySettings,
    ports: Pick<RuntimePorts, 'clock' | 'random'>,
    signal?: AbortSignal,
  ) {
    this.#settings = settings
    this.#ports = ports
    this.#signal = signal
    this.#http = new HttpConnection(settings.http)
  }

  /** The schema of an id with all that it uses; undefined: the registry has none. */
  async schemaOf(id: number): Promise<ResolvedSchema | undefined> {
    const found = await this.#get<SchemaAnswer>(`schemas/ids/${id}`)
    return found && this.resolve(textOf(found))
  }

  /** The latest schema of a subject. */
  async latestOf(subject: string): Promise<(ResolvedSchema & { readonly id: number }) | undefined> {
    const found = await this.#get<SchemaAnswer>(`subjects/${encoded(subject)}/versions/latest`)
    if (!found) return undefined
    const id = found.id as number
    return { ...(await this.resolve(textOf(found))), id }
  }

  /** Fetches what the schema uses. */
  async resolve(schema: SchemaText): Promise<ResolvedSchema> {
    const dependencies = new Map<string, { readonly name: string; readonly text: string }>()
    await this.#collect(schema.references, dependencies, new Set())
    return { ...schema, dependencies: [...dependencies.values()] }
  }

  /** Registers a schema, or finds it again. */
  register(subject: string, schema: SchemaText): Promise<{ readonly id: number } | Refusal> {
    return this.#post(`subjects/${encoded(subject)}/versions`, schema)
  }

  /** The id of a schema that is registered. */
  find(subject: string, schema: SchemaText): Promise<{ readonly id: number } | Refusal> {
    return this.#post(`subjects/${encoded(subject)}`, schema)
  }

  close(): void {
    this.#http.close()
  }

  async #collect(
    references: readonly SchemaReference[],
    found: Map<string, { readonly name: string; readonly text: string }>,
    open: Set<string>,
  ): Promise<void> {
    for (const { name, subject, version } of references) {
      if (found.has(name) || open.has(name)) continue
      open.add(name)
      const path = `subjects/${encoded(subject)}/versions/${version}`
      const schema = await this.#get<SchemaAnswer>(path)
      if (!schema)
        throw new RegistryResponseError({
          url: `${this.#settings.urls[this.#current]}/${path}`,
          reason: `version ${version} of "${subject}", which a schema uses as "${name}", is not there`,
        })
      await this.#collect(schema.references ?? [], found, open)
      found.set(name, { name, text: schema.schema })
    }
  }

  async #get<T>(path: string): Promise<T | undefined> {
    const { url, answer } = await this.#send('GET', path)
    if (answer.status === NO_SUCH && codeOf(answer) !== undefined) return undefined
    if (answer.status !== 200) throw unexpected(url, answer)
    return parsed<T>(url, answer)
  }

  async #post(
    path: string,
    { type, text, references }: SchemaText,
  ): Promise<{ readonly id: number } | Refusal> {
    const { url, answer } = await this.#send('POST', path, {
      schema: text,
      // As Confluent's own client: older registries know Avro alone, and not this field.
      ...(type !== 'AVRO' && { schemaType: type }),
      ...(references.length > 0 && { references }),
    })
    if (answer.status === 200) return parsed(url, answer)
    const code = codeOf(answer)
    if (code === undefined) throw unexpected(url, answer)
    return { status: answer.status, code, reason: reasonOf(answer) }
  }

  /** Sends to one address after the other, and again after pauses, until one answers. */
  async #send(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<{ readonly url: string; readonly answer: HttpAnswer }> {
    const { urls, retries } = this.#settings
    const { clock, random } = this.#ports
    for (let attempt = 1; ; attempt++) {
      const url = `${urls[this.#current]}/${path}`
      let problem: { readonly reason: string; readonly cause?: unknown }
      try {
        const answer = await this.#http.send(method, new URL(url), body, this.#signal)
        const { status } = answer
        if (status === 401 || status === 403)
          throw new RegistrySecurityError({
            url,
            reason: `it answers ${status} ${reasonOf(answer)}`,
          })
        if (!isPassing(status)) return { url, answer }
        problem = { reason: `it answers ${status} ${reasonOf(answer)}` }
      } catch (error) {
        if (error instanceof RegistrySecurityError) throw error
        if (isOfTrust(error))
          throw new RegistrySecurityError({ url, reason: messageOf(error), cause: error })
        problem = { reason: `${messageOf(error)}${hintOf(error, url)}`, cause: error }
      }
      this.#current = (this.#current + 1) % urls.length
      if (attempt > retries.most || this.#signal?.aborted)
        throw new RegistryUnreachableError({ urls, attempts: attempt, ...problem })
      const pause = Math.min(retries.longestMs, retries.firstMs * 2 ** (attempt - 1))
      await clock.sleep(pause * (0.5 + random.next() / 2), this.#signal)
    }
  }
}

const encoded = encodeURIComponent

const textOf = ({ schema, schemaType = 'AVRO', references = [] }: SchemaAnswer): SchemaText => ({
  type: schemaType as SchemaType,
  text: schema,
  references,
})

/** What may be otherwise in a moment. */
const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500

function isOfTrust(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException
  return /CERT|^ERR_TLS|^ERR_SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)
}

function messageOf(error: unknown): string {
  const { message, code, errors, reason } = error as NodeJS.ErrnoException & {
    readonly errors?: readonly Error[]
    /** Of OpenSSL, whose message is long and of many lines. */
    readonly reason?: string
  }
  // Several addresses of a name have failed: the first tells.
  return reason || message || errors?.[0]?.message || code || String(error)
}

/** Some servers that ask for certificates say no more than this. */
function hintOf(error: unknown, url: string): string {
  const { code } = error as NodeJS.ErrnoException
  const isEnded = code === 'ECONNRESET' || code === 'EPIPE'
  if (!isEnded || !url.startsWith('https:')) return ''
  return "; so do servers that want a certificate of yours, or another one: 'ssl.keystore.location'"
}

function parsed<T>(url: string, answer: HttpAnswer): T {
  try {
    return JSON.parse(answer.text) as T
  } catch {
    throw unexpected(url, answer)
  }
}

function codeOf({ text }: HttpAnswer): number | undefined {
  try {
    const code: unknown = (JSON.parse(text) as { error_code?: unknown }).error_code
    return typeof code === 'number' ? code : undefined
  } catch {
    return undefined
  }
}

function reasonOf({ text }: HttpAnswer): string {
  try {
    const { message } = JSON.parse(text) as { message?: unknown }
    if (typeof message === 'string') return message.replace(/\.$/, '')
  } catch {
    // Pages of proxies are no JSON.
  }
  return text.slice(0, 200)
}

const unexpected = (url: string, answer: HttpAnswer): RegistryResponseError =>
  new RegistryResponseError({ url, reason: `${answer.status} ${reasonOf(answer)}` })
