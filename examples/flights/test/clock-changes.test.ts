import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { oracleViews } from '../src/oracle.ts'
import { prepareFeed } from '../src/prepare.ts'

// Two real flights of 2013 that land while the destination's clock is changed.
const FLIGHTS = `year,month,day,dep_time,sched_dep_time,dep_delay,arr_time,sched_arr_time,arr_delay,carrier,flight,tailnum,origin,dest,air_time,distance,hour,minute,time_hour
2013,3,9,2306,2145,81,203,34,89,B6,35,N658JB,JFK,PBI,141,1028,21,45,2013-03-10T02:00:00Z
2013,11,2,2217,1655,322,114,2015,299,VX,413,N838VA,JFK,LAX,339,2475,16,55,2013-11-02T20:00:00Z
`
const AIRPORTS = `faa,name,lat,lon,alt,tz,dst,tzone
PBI,Palm Beach Intl,26.6,-80.1,19,-5,A,America/New_York
LAX,Los Angeles Intl,33.9,-118.4,126,-8,A,America/Los_Angeles
`
const WEATHER = `origin,year,month,day,hour,temp,dewp,humid,wind_dir,wind_speed,wind_gust,precip,pressure,visib,time_hour
JFK,2013,3,9,21,35.06,NA,NA,NA,3.4,NA,0,NA,10,2013-03-10T02:00:00Z
`
/** 02:03 was never shown: it is read on the clock before. 01:14 was shown twice: the first is meant. */
const ARRIVED = ['2013-03-10 07:03:00', '2013-11-03 08:14:00']

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-clocks-'))
  const data = join(folder, 'data')
  await mkdir(data)
  await writeFile(join(data, 'flights.csv.gz'), gzipSync(FLIGHTS))
  await writeFile(join(data, 'weather.csv.gz'), gzipSync(WEATHER))
  await writeFile(join(data, 'airports.csv'), AIRPORTS)
  await writeFile(join(data, 'airlines.csv'), 'carrier,name\nB6,JetBlue Airways\n')
  await writeFile(join(data, 'planes.csv'), 'tailnum,year\nN658JB,2007\n')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the preparation reads an hour that is shown twice as the first, and one that is skipped on the clock before', async () => {
  const feed = join(folder, 'feed')
  await prepareFeed(join(folder, 'data'), feed)
  const lines = (await readFile(join(feed, 'arrivals.ndjson'), 'utf8')).trim().split('\n')
  const times = lines.map(line => (JSON.parse(line) as { event_time: string }).event_time)
  expect([...new Set(times)].map(t => t.slice(0, 19)).sort()).toEqual(ARRIVED)
})

test('the oracle reads them so too', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run("SET TimeZone = 'UTC'")
  for (const view of oracleViews(join(folder, 'data'))) await connection.run(view)
  const found = await connection.runAndReadAll(
    'SELECT CAST(arrived AS VARCHAR) FROM arrived ORDER BY arrived',
  )
  connection.closeSync()
  expect(found.getRows().flat()).toEqual(ARRIVED)
})
