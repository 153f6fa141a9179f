// Debezium's changes in Avro, over a real broker and a real registry.

import { expect, it } from 'vitest'
import { createTopic, useCluster } from '../../../kafka/test/broker/use-broker.ts'
import { putValues } from '../registry/put-values.ts'
import { changesOf, runToEnd, topicTable } from '../registry/run-script.ts'
import { describeWithBoth, framed, registerSchema, registryUrl } from '../registry/use-registry.ts'

const DEBEZIUM = `'format' = 'debezium-avro-confluent', 'debezium-avro-confluent.url' = '${registryUrl}'`

/** As Debezium's connectors register it. */
const ENVELOPE = JSON.stringify({
  type: 'record',
  name: 'Envelope',
  namespace: 'db.orders',
  fields: [
    {
      name: 'before',
      type: [
        'null',
        {
          type: 'record',
          name: 'Value',
          fields: [
            { name: 'id', type: 'int' },
            { name: 'name', type: ['null', 'string'], default: null },
          ],
        },
      ],
    },
    { name: 'after', type: ['null', 'Value'], default: null },
    {
      name: 'source',
      type: { type: 'record', name: 'Source', fields: [{ name: 'db', type: 'string' }] },
    },
    { name: 'op', type: 'string' },
    { name: 'ts_ms', type: ['null', 'long'], default: null },
  ],
})

const text = (value: string): number[] => [value.length * 2, ...Buffer.from(value)]
const image = (id: number, name: string): number[] => [2, id * 2, 2, ...text(name)]
const change = (before: number[], after: number[], op: string): Buffer =>
  Buffer.from([...before, ...after, ...text('db'), ...text(op), 0])

describeWithBoth('debezium-avro-confluent', () => {
  const cluster = useCluster()

  it('reads changes, and counts over them', async () => {
    const topic = await createTopic(cluster.current)
    const id = await registerSchema(`${topic}-value`, { schema: ENVELOPE })
    await putValues(
      cluster.current,
      topic,
      [
        change([0], image(1, 'a'), 'r'),
        change([0], image(2, 'b'), 'c'),
        change(image(1, 'a'), image(1, 'c'), 'u'),
        change(image(2, 'b'), [0], 'd'),
      ].map(body => framed(id, body)),
    )
    const table = topicTable({
      name: 't',
      columns: 'name STRING, id INT NOT NULL',
      topic,
      options: DEBEZIUM,
    })
    expect(await changesOf(`${table} SELECT id, name FROM t;`)).toEqual([
      '+I 1 | a',
      '+I 2 | b',
      '-U 1 | a',
      '+U 1 | c',
      '-D 2 | b',
    ])
    expect((await changesOf(`${table} SELECT COUNT(*) FROM t;`)).at(-1)).toBe('+U 1')
  })

  it('names what a change lacks', async () => {
    const topic = await createTopic(cluster.current)
    const id = await registerSchema(`${topic}-value`, { schema: ENVELOPE })
    const table = (own: string) =>
      topicTable({ name: 't', columns: 'id INT NOT NULL', topic: own, options: DEBEZIUM })
    await putValues(cluster.current, topic, [framed(id, change([0], [0], 'd'))])
    await expect(changesOf(`${table(topic)} SELECT id FROM t;`)).rejects.toThrow(
      /"before" of "op" d is missing.*REPLICA IDENTITY FULL/,
    )
    const other = await createTopic(cluster.current)
    await putValues(cluster.current, other, [framed(id, change([0], [0], 'constructor'))])
    await expect(changesOf(`${table(other)} SELECT id FROM t;`)).rejects.toThrow(
      /"op" is "constructor", none of c, r, u, d/,
    )
  })

  it('writes changes that it reads again', async () => {
    const topic = await createTopic(cluster.current)
    const table = topicTable({ name: 't', columns: 'k INT, n BIGINT', topic, options: DEBEZIUM })
    await runToEnd(
      `${table} INSERT INTO t SELECT k, COUNT(*) FROM (VALUES (1), (2), (1)) AS v(k) GROUP BY k;`,
    )
    expect(await changesOf(`${table} SELECT * FROM t;`)).toEqual([
      '+I 1 | 1',
      '+I 2 | 1',
      '-D 1 | 1',
      '+I 1 | 2',
    ])
  })
})
