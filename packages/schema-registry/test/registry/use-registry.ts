// A real schema registry for tests. Where none can be had they are skipped, by name; in CI that is a failure.

import { testRegistry } from '@millrace/testing'
import { describe } from 'vitest'
import { describeWithBroker } from '../../../kafka/test/broker/use-broker.ts'

const registry = await testRegistry()
if ('problem' in registry)
  console.warn(`SKIPPED, tests with a schema registry: ${registry.problem}`)

/** `describe`, where there is a registry. */
export const describeWithRegistry = describe.skipIf('problem' in registry)

/** Where there are a registry and a broker. */
export const describeWithBoth = 'problem' in registry ? describe.skip : describeWithBroker

/** Its address. */
export const registryUrl = 'problem' in registry ? '' : registry.url

interface NewSchema {
  readonly schema: string
  readonly schemaType?: string
  readonly references?: readonly { name: string; subject: string; version: number }[]
}

/** Registers a schema, as other programs do. Gives its id. */
export async function registerSchema(subject: string, schema: NewSchema): Promise<number> {
  const { id } = (await ask('POST', `subjects/${subject}/versions`, schema)) as { id: number }
  return id
}

/** Sends a request; the answer's JSON. */
export async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${registryUrl}/${path}`, {
    method,
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
  return JSON.parse(text)
}

/** A value behind the id of its schema. */
export function framed(id: number, body: Uint8Array): Buffer {
  const header = Buffer.alloc(5)
  header.writeUInt32BE(id, 1)
  return Buffer.concat([header, body])
}
