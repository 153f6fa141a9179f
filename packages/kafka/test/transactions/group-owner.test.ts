// A group in which a program keeps what it has committed: whoever else begins there is refused, or begins where it says itself.

import { setProgramHost } from 'millrace'
import { expect, it } from 'vitest'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { putRecords } from '../broker/put-records.ts'
import { runToEnd } from '../source/run-query.ts'

describeWithBroker('a group with the offsets of transactions', () => {
  const cluster = useCluster()

  async function topicsOf() {
    const [from, to] = [await createTopic(cluster.current), await createTopic(cluster.current)]
    await putRecords(
      cluster.current,
      from,
      0,
      ['1', '2', '3'].map(value => ({ value })),
    )
    return { from, to }
  }

  const copy = (
    { from, to }: { readonly from: string; readonly to: string },
    guarantee: string,
  ) => `
CREATE TABLE numbers (n INT) WITH ('connector' = 'kafka', 'topic' = '${from}',
  'properties.bootstrap.servers' = '${brokerAddress}', 'properties.group.id' = 'group-of-${from}',
  'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset', 'format' = 'csv');
CREATE TABLE copied (n INT) WITH ('connector' = 'kafka', 'topic' = '${to}',
  'properties.bootstrap.servers' = '${brokerAddress}', 'sink.delivery-guarantee' = '${guarantee}', 'format' = 'csv');
INSERT INTO copied SELECT n FROM numbers;`

  it('is where the program goes on that has lost its folder', async () => {
    const topics = await topicsOf()
    const name = `copies-${topics.from}`
    const notices: string[] = []
    setProgramHost({ notice: text => notices.push(text) })
    const first = await runToEnd(copy(topics, 'exactly-once'), { name })
    expect(notices).toEqual([])
    const second = await runToEnd(copy(topics, 'exactly-once'), { name })
    setProgramHost(undefined)
    expect([first.recordsRead, second.recordsRead]).toEqual([3, 0])
    expect(notices).toEqual([
      `numbers: positions are not in the state; it goes on where group "group-of-${topics.from}" has committed.`,
    ])
  })

  it.each(['exactly-once', 'at-least-once'])('refuses another program, %s', async guarantee => {
    const topics = await topicsOf()
    await runToEnd(copy(topics, 'exactly-once'), { name: `copies-${topics.from}` })
    await expect(
      runToEnd(copy(topics, guarantee), { name: `other-${topics.from}` }),
    ).rejects.toMatchObject({
      code: 'MR_KAFKA_FOREIGN_GROUP',
      message: `Group "group-of-${topics.from}" is that of another program, "copies-${topics.from}", which keeps there what it has committed: "other-${topics.from}" cannot share it.`,
      remedy: expect.stringContaining(`--delete --group group-of-${topics.from}`),
    })
  })

  it('decides nothing for the program when it does not write in transactions any more', async () => {
    const topics = await topicsOf()
    const name = `copies-${topics.from}`
    await runToEnd(copy(topics, 'exactly-once'), { name })
    const again = await runToEnd(copy(topics, 'at-least-once'), { name })
    expect(again.recordsRead).toBe(3)
  })
})
