// Plain Avro, over a real broker.

import { expect, it } from 'vitest'
import {
  createTopic,
  describeWithBroker,
  useCluster,
} from '../../../kafka/test/broker/use-broker.ts'
import { changesOf, runToEnd, topicTable } from '../registry/run-script.ts'

describeWithBroker('avro', () => {
  const cluster = useCluster()

  it('writes records by the schema of the columns and reads them by it', async () => {
    const topic = await createTopic(cluster.current)
    const table = topicTable({
      name: 't',
      columns: 'a INT NOT NULL, b STRING, ts TIMESTAMP(3)',
      topic,
      options: `'format' = 'avro'`,
    })
    await runToEnd(
      `${table} INSERT INTO t VALUES (1, 'x', TIMESTAMP '2024-01-01 00:00:00.5'), (2, CAST(NULL AS STRING), CAST(NULL AS TIMESTAMP(3)));`,
    )
    expect(await changesOf(`${table} SELECT * FROM t;`)).toEqual([
      '+I 1 | x | 1704067200500',
      '+I 2 | null | null',
    ])
    const raw = topicTable({ name: 'r', columns: 'v BYTES', topic, options: `'format' = 'raw'` })
    // int 2; union branch 0; union branch 0
    expect((await changesOf(`${raw} SELECT v FROM r;`))[1]).toBe("+I x'040000'")
  })

  it('is refused for files of lines', async () => {
    const table = `CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'path' = 'none', 'format' = 'avro');`
    await expect(changesOf(`${table} SELECT a FROM t;`)).rejects.toMatchObject({
      code: 'MR_OPTION_INVALID',
    })
  })
})
