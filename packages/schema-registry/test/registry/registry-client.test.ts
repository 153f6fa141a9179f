// The registry's client, before a gate that can be shut.

import { readFileSync } from 'node:fs'
import { type MillraceError, nodePorts, type TableDescriptor } from 'millrace'
import { describe, expect, it, onTestFinished } from 'vitest'
import { describeWithOwnBroker, ownBroker } from '../../../kafka/test/broker/use-own-broker.ts'
import { RegistryClient } from '../../src/client/registry-client.ts'
import { registrySettingsOf } from '../../src/client/registry-settings.ts'
import { type GateSettings, RegistryGate } from './registry-gate.ts'
import { describeWithRegistry, registerSchema, registryUrl } from './use-registry.ts'

function clientOf(url: string, more: Readonly<Record<string, string>> = {}): RegistryClient {
  const options = {
    url,
    'properties.max.retries': '3',
    'properties.retries.wait.ms': '5',
    ...more,
  }
  const prefix = 'avro-confluent.'
  const table = {
    name: 't',
    connector: 'kafka',
    options: new Map(Object.entries(options).map(([name, value]) => [prefix + name, value])),
  } as unknown as TableDescriptor
  const client = new RegistryClient(
    registrySettingsOf({ table, prefix, isFramed: true }),
    nodePorts(),
  )
  onTestFinished(() => client.close())
  return client
}

async function openGate(settings?: GateSettings): Promise<RegistryGate> {
  const gate = await RegistryGate.open(registryUrl, settings)
  onTestFinished(() => gate.close())
  return gate
}

const SCHEMA = '{"type":"record","name":"R","fields":[{"name":"a","type":"int"}]}'

describeWithRegistry('the client of a registry', () => {
  it('finds a schema by its id, and says when there is none', async () => {
    const id = await registerSchema('client-1', { schema: SCHEMA })
    const client = clientOf(registryUrl)
    expect(await client.schemaOf(id)).toEqual({
      type: 'AVRO',
      text: SCHEMA,
      references: [],
      dependencies: [],
    })
    expect(await client.schemaOf(2_000_000_001)).toBeUndefined()
    expect(await client.latestOf('client-1')).toMatchObject({ id, text: SCHEMA })
    expect(await client.latestOf('client-none')).toBeUndefined()
  })

  it('asks again while the registry does not answer, and no longer than it may', async () => {
    const id = await registerSchema('client-2', { schema: SCHEMA })
    const gate = await openGate()
    gate.refusals = 3
    expect(await clientOf(gate.url).schemaOf(id)).toMatchObject({ text: SCHEMA })
    expect(gate.requests).toHaveLength(4)
    gate.refusals = 4
    await expect(clientOf(gate.url).schemaOf(id)).rejects.toMatchObject({
      code: 'MR_REGISTRY_UNREACHABLE',
      retry: 'backoff',
      message: `The schema registry at ${gate.url} does not answer, after 4 attempts: it answers 503 not now.`,
    })
  })

  it('goes to the next address when one does not answer', async () => {
    const id = await registerSchema('client-3', { schema: SCHEMA })
    const client = clientOf(`http://127.0.0.1:1,${registryUrl}/`, { 'properties.max.retries': '1' })
    expect(await client.schemaOf(id)).toMatchObject({ text: SCHEMA })
    await expect(clientOf('http://127.0.0.1:1').schemaOf(id)).rejects.toMatchObject({
      code: 'MR_REGISTRY_UNREACHABLE',
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })

  it('says who it is, and names a refusal as one', async () => {
    const id = await registerSchema('client-4', { schema: SCHEMA })
    const gate = await openGate({ authorization: `Basic ${btoa('ann:se:cret')}` })
    const user = { 'basic-auth.user-info': 'ann:se:cret' }
    expect(await clientOf(gate.url, user).schemaOf(id)).toMatchObject({ text: SCHEMA })
    const inUrl = gate.url.replace('//', '//ann:se%3Acret@')
    expect(await clientOf(inUrl).schemaOf(id)).toMatchObject({ text: SCHEMA })
    const refused = clientOf(gate.url, { 'basic-auth.user-info': 'ann:wrong' }).schemaOf(id)
    const error = (await refused.catch(e => e)) as Error
    expect(error).toMatchObject({ code: 'MR_REGISTRY_SECURITY' })
    expect(error.message).not.toContain('wrong')
  })

  it('shows a token where it is asked for one', async () => {
    const id = await registerSchema('client-5', { schema: SCHEMA })
    const gate = await openGate({ authorization: 'Bearer to.k-en' })
    const token = (text: string) => ({
      'bearer-auth.credentials-source': 'STATIC_TOKEN',
      'bearer-auth.token': text,
    })
    expect(await clientOf(gate.url, token('to.k-en')).schemaOf(id)).toMatchObject({ text: SCHEMA })
    const refused = clientOf(gate.url, token('expired')).schemaOf(id)
    const error = (await refused.catch(e => e)) as Error
    expect(error).toMatchObject({ code: 'MR_REGISTRY_SECURITY' })
    expect(error.message).toContain('401')
    expect(error.message).not.toContain('expired')
  })

  it('names an address that is no registry', async () => {
    const client = clientOf(registryUrl.replace('/apis/ccompat/v7', ''))
    await expect(client.schemaOf(1)).rejects.toMatchObject({ code: 'MR_REGISTRY_RESPONSE' })
  })
})

function caught(call: () => unknown): MillraceError {
  try {
    call()
  } catch (error) {
    return error as MillraceError
  }
  throw new Error('nothing was thrown')
}

const describeWithTls = registryUrl === '' ? describe.skip : describeWithOwnBroker

describeWithTls('the client of a registry over TLS', () => {
  const { authority, broker, alice, stranger } = ownBroker?.secured.certificates ?? {}
  const pem = (path = '') => readFileSync(path, 'utf8')
  const tls = () => ({ cert: pem(broker?.certificate), key: pem(broker?.key) })
  const trusts = { 'ssl.truststore.location': authority ?? '' }

  it('trusts the authorities that it is told to trust, and no others', async () => {
    const id = await registerSchema('client-tls-1', { schema: SCHEMA })
    const gate = await openGate({ tls: tls() })
    expect(gate.url).toMatch(/^https:/)
    expect(await clientOf(gate.url, trusts).schemaOf(id)).toMatchObject({ text: SCHEMA })
    await expect(clientOf(gate.url).schemaOf(id)).rejects.toMatchObject({
      code: 'MR_REGISTRY_SECURITY',
      message: expect.stringMatching(/certificate/),
    })
    expect(gate.requests).toHaveLength(1)
  })

  it('has a certificate of its own where the registry asks for one', async () => {
    const id = await registerSchema('client-tls-2', { schema: SCHEMA })
    const asking = { ca: pem(authority), requestCert: true, rejectUnauthorized: true }
    const gate = await openGate({ tls: { ...tls(), ...asking } })
    const as = (keystore = '') =>
      clientOf(gate.url, { ...trusts, 'ssl.keystore.location': keystore }).schemaOf(id)
    expect(await as(alice?.keystore)).toMatchObject({ text: SCHEMA })
    await expect(clientOf(gate.url, trusts).schemaOf(id)).rejects.toMatchObject({
      code: 'MR_REGISTRY_SECURITY',
      message: expect.stringContaining('alert certificate required'),
    })
    // Node's server says nothing to a client whose certificate it does not trust.
    await expect(as(stranger?.keystore)).rejects.toMatchObject({
      message: expect.stringMatching(/certificate of yours, or another one: 'ssl.keystore/),
    })
    expect(gate.requests).toHaveLength(1)
  })

  it.each([
    ['no-such-file.pem', 'a file that can be read'],
    ['packages/schema-registry/package.json', 'a PEM file'],
  ])('names a file of certificates that is none: %s', (path, expected) => {
    const error = caught(() => clientOf('https://127.0.0.1:1', { 'ssl.truststore.location': path }))
    expect(`${error.message} ${error.remedy}`).toContain(expected)
  })
})
