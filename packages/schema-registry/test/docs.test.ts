// The program of docs/schema-registry.md is planned as it stands.

import { readFile } from 'node:fs/promises'
import { kafkaFactories } from '@millrace/kafka'
import { createConnectors, loadScript } from 'millrace'
import { expect, it } from 'vitest'
import { registryFormats } from '../src/index.ts'

it('the program of the page is planned', async () => {
  const page = await readFile(new URL('../../../docs/schema-registry.md', import.meta.url), 'utf8')
  const [text = ''] = [...page.matchAll(/^```sql\n([\s\S]*?)^```/gm)].map(match => match[1])
  const connectors = createConnectors()
  for (const source of kafkaFactories.sources) connectors.addSource(source)
  for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
  for (const format of registryFormats) connectors.addDecoder(format).addEncoder(format)
  expect(loadScript(text, { name: 'page', connectors }).program.sinks).toHaveLength(1)
})
