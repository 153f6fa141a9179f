// What is not read is not decoded, carried or kept.

import { describe, expect, it } from 'vitest'
import { pruneColumns } from '../../src/optimizer/prune-columns.ts'
import { walkPlan } from '../../src/plan/children.ts'
import {
  createAggregate,
  createJoin,
  createOver,
  createProcess,
  createRank,
  createSetOperation,
  createSort,
  createTemporalJoin,
  createUnion,
  createUnnest,
  createWindow,
} from '../../src/plan/create-node.ts'
import { printPlan } from '../../src/plan/print-plan.ts'
import { types } from '../../src/types/data-type.ts'
import {
  after,
  aggregate,
  ascending,
  call,
  column,
  filter,
  into,
  project,
  rightColumn,
  scanCustomers,
  scanEvents,
  scanOrders,
  timedEvents,
} from './plan-fixture.ts'

const pruned = (plan: Parameters<typeof after>[1]) => after(pruneColumns, plan)

describe('pruneColumns', () => {
  it('reads what the sink writes whole, and nothing else', () => {
    expect(pruned(scanOrders())).toEqual(['Scan orders (id, customer, amount, note)'])
    expect(pruned(project(scanOrders(), 'note', 'id'))).toEqual([
      'Project note, id',
      '  Scan orders (id, note)',
    ])
  })

  it('reads the fields of a nested column that expressions look at', () => {
    const scan = scanEvents()
    const bids = filter(scan, call('=', column(scan, 'kind'), 2))
    expect(pruned(project(bids, 'bid.auction', 'channel=bid.extra.channel'))).toEqual([
      'Project bid.auction AS auction, bid.extra.channel AS channel',
      '  Filter kind = 2',
      '    Scan events (kind, bid.auction, bid.extra.channel)',
    ])
  })

  it('reads a nested column whole where it is taken as a value', () => {
    const scan = scanEvents()
    const some = filter(scan, call('IS NOT NULL', column(scan, 'bid')))
    expect(pruned(project(some, 'bid.price'))).toEqual([
      'Project bid.price AS price',
      '  Filter bid IS NOT NULL',
      '    Scan events (bid)',
    ])
  })

  it('follows field paths through projections that pass a nested column on', () => {
    const view = project(scanEvents(), 'b=bid', 'who=person', 'at')
    expect(pruned(project(view, 'b.extra.url'))).toEqual([
      'Project b.extra.url AS url',
      '  Project bid.extra.url AS b.extra.url',
      '    Scan events (bid.extra.url)',
    ])
  })

  it('follows field paths through a projection over rows that were taken apart', () => {
    const orders = createUnion([scanEvents(), scanEvents()])
    const view = project(orders, 'b=bid', 'at')
    expect(pruned(project(view, 'b.price'))).toEqual([
      'Project b.price AS price',
      '  Project bid.price AS b.price',
      '    Union all',
      '      Project bid.price',
      '        Scan events (bid.price)',
      '      Project bid.price',
      '        Scan events (bid.price)',
    ])
  })

  it('keeps the event time and what the watermark is made of', () => {
    expect(pruned(project(timedEvents(), 'kind'))).toEqual([
      'Project kind',
      '  Watermark at AS at',
      '    Scan events (kind, at)',
    ])
  })

  it('takes fields apart below a window, for rows are made there', () => {
    const events = timedEvents()
    const windowed = createWindow(events, 3, { kind: 'tumble', sizeMs: 1000, offsetMs: 0 })
    const keys = ['window_start', 'window_end'].map(name => ({
      name,
      expression: column(windowed, name),
    }))
    const auction = { name: 'auction', expression: column(windowed, 'bid.auction') }
    const count = [aggregate('n', 'COUNT'), aggregate('top', 'MAX', column(windowed, 'bid.price'))]
    const counted = createAggregate(windowed, [...keys, auction], count)
    expect(pruned(project(counted, 'auction', 'n'))).toEqual([
      'Project auction, n',
      '  Aggregate by window_start, window_end, bid.auction AS auction: COUNT(*) AS n',
      '    Project bid.auction, window_start, window_end',
      '      Window tumble(at, 1 s)',
      '        Project bid.auction, at',
      '          Watermark at AS at',
      '            Scan events (bid.auction, at)',
    ])
  })

  it('drops aggregates that nobody reads, but never the last of a global aggregation', () => {
    const orders = scanOrders()
    const calls = [aggregate('n', 'COUNT'), aggregate('s', 'SUM', column(orders, 'amount'))]
    const byId = [{ name: 'id', expression: column(orders, 'id') }]
    expect(pruned(project(createAggregate(orders, byId, calls), 's'))).toEqual([
      'Project s',
      '  Aggregate by id: SUM(amount) AS s',
      '    Scan orders (id, amount)',
    ])
    expect(pruned(project(createAggregate(orders, [], calls)))).toEqual([
      'Project',
      '  Aggregate: COUNT(*) AS n',
      '    Scan orders ()',
    ])
  })

  it('keeps aggregates of grouping sets', () => {
    const orders = scanOrders()
    const keys = ['id', 'customer'].map(name => ({ name, expression: column(orders, name) }))
    const calls = [aggregate('s', 'SUM', column(orders, 'amount'))]
    const sets = createAggregate(orders, keys, calls, [[0], [1]])
    expect(pruned(project(sets, 'id')).at(-1)).toBe('    Scan orders (id, customer, amount)')
  })

  it('narrows both sides of a join to its condition and to what is read above', () => {
    const [orders, customers] = [scanOrders(), scanCustomers()]
    const some = filter(orders, call('>', column(orders, 'amount'), 10))
    const on = call('=', column(some, 'customer'), rightColumn(some, customers, 'customer'))
    const joined = createJoin('left', some, customers, on)
    expect(pruned(project(joined, 'id', 'city'))).toEqual([
      'Project id, city',
      '  Join left on left.customer = right.customer',
      '    Project id, customer',
      '      Filter amount > 10',
      '        Scan orders (id, customer, amount)',
      '    Scan customers (customer, city)',
    ])
  })

  it('keeps the primary key with which rows of a table come to a join', () => {
    const [orders, customers] = [scanOrders(), scanCustomers()]
    const on = call('=', column(orders, 'note'), rightColumn(orders, customers, 'name'))
    const joined = createJoin('inner', orders, customers, on)
    expect(pruned(project(joined, 'id')).slice(-2)).toEqual([
      '    Scan orders (id, note)',
      '    Scan customers (customer, name)',
    ])
  })

  it('takes fields of both sides of a join apart', () => {
    const scan = scanEvents()
    const people = filter(scan, call('=', column(scan, 'kind'), 0))
    const bids = filter(scan, call('=', column(scan, 'kind'), 2))
    const on = call('=', column(people, 'person.id'), rightColumn(people, bids, 'bid.bidder'))
    const joined = createJoin('inner', people, bids, on)
    expect(pruned(project(joined, 'person.name'))).toEqual([
      'Project person.name AS name',
      '  Join inner on person.id = bid.bidder',
      '    Project person.id, person.name',
      '      Filter kind = 0',
      '        Scan events (kind, person.id, person.name, bid.bidder)',
      '    Project bid.bidder',
      '      Filter kind = 2',
      '        Scan events (kind, person.id, person.name, bid.bidder)',
    ])
  })

  it('keeps the times and keys of a temporal join', () => {
    const left = timedEvents()
    const right = timedEvents()
    const joined = createTemporalJoin({
      join: 'inner',
      left,
      right,
      timeColumn: 3,
      condition: call('=', column(left, 'kind'), rightColumn(left, right, 'kind')),
      rightKey: [0],
      rightTimeColumn: 3,
    })
    expect(pruned(project(joined, 'person.id'))).toEqual([
      'Project person.id AS id',
      '  Temporal join inner as of left.at on left.kind = right.kind',
      '    Project kind, person.id, at',
      '      Watermark at AS at',
      '        Scan events (kind, person.id, at)',
      '    Watermark at AS at',
      '      Scan events (kind, at)',
    ])
  })

  it('drops the number of a rank that nobody reads', () => {
    const input = scanOrders()
    const rank = createRank(
      {
        input,
        function: 'row_number',
        partition: [column(input, 'customer')],
        order: [ascending(column(input, 'amount'))],
        from: 1,
        to: 3,
      },
      'n',
    )
    expect(pruned(project(rank, 'id'))).toEqual([
      'Project id',
      '  Rank row_number partition by customer order by amount keep in 1..3',
      '    Scan orders (id, customer, amount)',
    ])
    expect(pruned(project(rank, 'n'))).toEqual([
      'Project n',
      '  Rank row_number partition by customer order by amount keep in 1..3 AS n',
      '    Scan orders (customer, amount)',
    ])
  })

  it('keeps one call of an OVER, which drops late rows', () => {
    const input = timedEvents()
    const over = createOver({
      input,
      partition: [],
      order: [ascending(column(input, 'at'))],
      frame: { unit: 'rows', from: { kind: 'unbounded-preceding' }, to: { kind: 'current-row' } },
      calls: [aggregate('n', 'COUNT'), aggregate('k', 'MAX', column(input, 'kind'))],
    })
    expect(pruned(project(over, 'bid.price'))).toEqual([
      'Project bid.price AS price',
      '  Over order by at rows between unbounded preceding and current row: COUNT(*) AS n',
      '    Project bid.price, at',
      '      Watermark at AS at',
      '        Scan events (bid.price, at)',
    ])
  })

  it('narrows all inputs of a union alike', () => {
    const scan = scanOrders()
    const big = filter(scan, call('>', column(scan, 'amount'), 10))
    expect(pruned(project(createUnion([scan, big]), 'note', 'id'))).toEqual([
      'Project note, id',
      '  Union all',
      '    Project id, note',
      '      Scan orders (id, amount, note)',
      '    Project id, note',
      '      Filter amount > 10',
      '        Scan orders (id, amount, note)',
    ])
  })

  it('keeps every column of a set operation', () => {
    const plan = createSetOperation({
      operation: 'except',
      all: false,
      left: scanOrders(),
      right: scanOrders(),
    })
    expect(pruned(project(plan, 'id')).slice(2)).toEqual([
      '    Scan orders (id, customer, amount, note)',
      '    Scan orders (id, customer, amount, note)',
    ])
  })

  it('keeps what a sort orders by', () => {
    const orders = scanOrders()
    const sorted = createSort(orders, [ascending(column(orders, 'amount'))], { limit: 3 })
    expect(pruned(project(sorted, 'id'))).toEqual([
      'Project id',
      '  Sort by amount limit 3',
      '    Scan orders (id, amount)',
    ])
  })

  it('keeps the collection that is unnested', () => {
    const scan = project(scanOrders(), 'id', 'note', [
      'tags',
      call('SPLIT', column(scanOrders(), 'note'), ','),
    ])
    const unnested = createUnnest(scan, column(scan, 'tags'), { names: ['tag'] })
    expect(pruned(project(unnested, 'tag'))).toEqual([
      'Project tag',
      '  Unnest inner tags',
      "    Project SPLIT(note, ',') AS tags",
      '      Scan orders (note)',
    ])
  })

  it('gives a process function the columns it reads, its keys and the event time', () => {
    const input = timedEvents()
    const onEvent = () => {}
    const facts = { name: 'watch', state: {}, sideOutputs: {}, onEvent }
    const schema = [{ name: 'alert', type: types.string }]
    const keys = [column(input, 'bid.auction')]
    expect(pruned(createProcess(input, keys, { ...facts, reads: [1] }, schema))).toEqual([
      'Process watch by bid.auction reads (person)',
      '  Project person, bid.auction, at',
      '    Watermark at AS at',
      '      Scan events (person, bid.auction, at)',
    ])
    expect(pruned(createProcess(input, keys, facts, schema)).slice(1)).toEqual([
      '  Watermark at AS at',
      '    Scan events (kind, person, bid, at)',
    ])
  })

  it('keeps one process function for its main and side outputs', () => {
    const input = scanOrders()
    const alerts = [{ name: 'alert', type: types.string }]
    const process = { name: 'p', reads: [3], state: {}, sideOutputs: { alerts }, onEvent() {} }
    const roots = pruneColumns([
      into(createProcess(input, [], process, alerts)),
      into(createProcess(input, [], process, alerts, 'alerts')),
    ])
    const [main, side] = roots.map(r => (r.input.kind === 'process' ? r.input : undefined))
    expect(main?.process).toBe(side?.process)
    expect(main?.process.reads).toEqual([0])
  })

  it('prunes a shared table to what its consumers read together, and keeps it shared', () => {
    const events = timedEvents()
    const roots = pruneColumns([
      into(project(events, 'bid.price')),
      into(project(events, 'bid.auction', 'kind')),
    ])
    const watermarks = roots.map(r => [...walkPlan(r)].find(n => n.kind === 'watermark'))
    expect(watermarks[0]).toBe(watermarks[1])
    expect(roots.map(r => printPlan(r).split('\n').at(-1)?.trim())).toEqual([
      'Scan events (kind, bid.auction, bid.price, at)',
      'Scan events (kind, bid.auction, bid.price, at)',
    ])
  })

  it('changes nothing the second time', () => {
    const orders = scanOrders()
    const plan = project(filter(orders, call('>', column(orders, 'amount'), 1)), 'note')
    const once = pruneColumns([into(plan)])
    expect(pruneColumns(once)).toEqual(once)
  })
})
