// The registry's client, before a gate that can be shut.

import { nodePorts, type TableDescriptor } from 'millrace'
import { expect, it, onTestFinished } from 'vitest'
import { RegistryClient } from '../../src/client/registry-client.ts'
import { registrySettingsOf } from '../../src/client/registry-settings.ts'
import { RegistryGate } from './registry-gate.ts'
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

async function openGate(password?: string): Promise<RegistryGate> {
  const gate = await RegistryGate.open(registryUrl, password)
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
    const gate = await openGate('ann:se:cret')
    const user = { 'basic-auth.user-info': 'ann:se:cret' }
    expect(await clientOf(gate.url, user).schemaOf(id)).toMatchObject({ text: SCHEMA })
    const inUrl = gate.url.replace('//', '//ann:se%3Acret@')
    expect(await clientOf(inUrl).schemaOf(id)).toMatchObject({ text: SCHEMA })
    const refused = clientOf(gate.url, { 'basic-auth.user-info': 'ann:wrong' }).schemaOf(id)
    const error = (await refused.catch(e => e)) as Error
    expect(error).toMatchObject({ code: 'MR_REGISTRY_SECURITY' })
    expect(error.message).not.toContain('wrong')
  })

  it('names an address that is no registry', async () => {
    const client = clientOf(registryUrl.replace('/apis/ccompat/v7', ''))
    await expect(client.schemaOf(1)).rejects.toMatchObject({ code: 'MR_REGISTRY_RESPONSE' })
  })
})
