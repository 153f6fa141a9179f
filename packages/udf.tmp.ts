import { aggregateFunction, asyncFunction, count, hop, memory, Millrace, scalarFunction, session, cumulate, t, tableFunction, tumble, sum } from './millrace/src/index.ts'
const app = new Millrace('u')
const rows = [
  { k: 'a', v: 1, at: 1000 }, { k: 'a', v: 2, at: 9000 }, { k: 'b', v: null, at: 9500 }, { k: 'a', v: 3, at: 5000 }, { k: 'a', v: 4, at: 30000 }, { k: 'b', v: 7, at: 31000 },
]
const e = app.table('e', { source: memory(rows), schema: { k: t.string(), v: t.int().nullable(), at: t.timestamp() }, watermark: { column: 'at', delay: '10s' } })
const base = {
  args: [t.int()], accumulator: { list: t.array(t.int()), by: t.map(t.string(), t.int()), n: t.bigint() }, returns: t.string().nullable(),
  create: () => ({ list: [] as number[], by: new Map<string, number>(), n: 0n }),
  accumulate(a: any, v: number) { a.list.push(v); a.by.set(String(v % 2), (a.by.get(String(v % 2)) ?? 0) + v); a.n++ },
  result: (a: any) => a.n === 0n ? null : `${[...a.list].sort().join('+')}/${[...a.by].sort().join(';')}/${a.n}`,
} as const
const noMerge = aggregateFunction(base)
const merge = aggregateFunction({ ...base, merge(a: any, b: any) { a.list.push(...b.list); for (const [k, v] of b.by) a.by.set(k, (a.by.get(k) ?? 0) + v); a.n += b.n } })
const full = aggregateFunction({ ...base, retract(a: any, v: number) { a.list.splice(a.list.indexOf(v), 1); a.by.set(String(v % 2), (a.by.get(String(v % 2)) ?? 0) - v); a.n-- } })
app.function('NM', noMerge).function('MG', merge).function('FU', full)
const show = async (name: string, q: () => any) => {
  for (const mode of ['streaming', 'batch'] as const)
    try { const tb = q(); console.log(name, mode, JSON.stringify((await tb.collect({ mode })).map((r: any) => Object.values(r)), (_, v) => typeof v === 'bigint' ? `${v}n` : v)) } catch (x: any) { console.log(name, mode, 'ERR', x.code, x.message, '|', x.remedy, x.cause?.message) }
}
await show('session nomerge', () => e.window(session('at', '5s', { partitionBy: ['k'] })).groupBy('k').select({ r: noMerge('v') }))
await show('session merge', () => e.window(session('at', '5s', { partitionBy: ['k'] })).groupBy('k').select({ r: merge('v') }))
await show('session merge distinct', () => e.window(session('at', '5s', { partitionBy: ['k'] })).groupBy('k').select({ r: merge('v').distinct() }))
await show('legacy session', () => app.sql`SELECT k, MG(v) AS r FROM e GROUP BY k, SESSION(at, INTERVAL '5' SECOND)`)
await show('hop nomerge', () => e.window(hop('at', '5s', '10s')).groupBy('k').select({ r: noMerge('v') }))
await show('hop merge', () => e.window(hop('at', '5s', '10s')).groupBy('k').select({ r: merge('v') }))
await show('cumulate merge', () => e.window(cumulate('at', '5s', '10s')).groupBy().select({ r: merge('v') }))
await show('rollup', () => e.rollup('k').select({ r: merge('v') }))
await show('group', () => e.groupBy('k').select({ r: noMerge('v') }))
await show('retracting full', () => app.sql`SELECT FU(c) AS r FROM (SELECT k, CAST(COUNT(*) AS INT) AS c FROM e GROUP BY k)`)
await show('retracting none', () => app.sql`SELECT NM(c) AS r FROM (SELECT k, CAST(COUNT(*) AS INT) AS c FROM e GROUP BY k)`)
await show('over', () => e.over({ partitionBy: ['k'], orderBy: 'at', rows: 1 }, { r: full('v') }).select('k', 'r'))
await show('over range', () => e.over({ partitionBy: ['k'], orderBy: 'at', range: '5s' }, { r: noMerge('v') }).select('k', 'r'))
await show('match', () => app.sql`SELECT * FROM e MATCH_RECOGNIZE (ORDER BY at MEASURES NM(A.v) AS r PATTERN (A{2} B) DEFINE B AS B.v > 0)`)
// errors
const boom = (where: string) => aggregateFunction({ ...base, name: `BOOM_${where}`,
  create: () => { if (where === 'create') throw new Error('x create'); return base.create() },
  accumulate(a: any, v: number) { if (where === 'accumulate' && v === 3) throw new Error('x acc'); base.accumulate(a, v) },
  result: (a: any) => { if (where === 'result') throw new Error('x res'); return base.result(a) },
  merge(a: any, b: any) { if (where === 'merge') throw new Error('x merge') } })
for (const w of ['create', 'accumulate', 'result', 'merge']) {
  await show('boom group ' + w, () => e.groupBy('k').select({ r: boom(w)('v') }))
  await show('boom hop ' + w, () => e.window(hop('at', '5s', '10s')).groupBy('k').select({ r: boom(w)('v') }))
}
// wrong values
const bad = (value: any, returns: any = t.int()) => scalarFunction({ name: 'BAD', args: [t.int().nullable()], returns, eval: () => value })
for (const v of [null, undefined, 'x', 1.5, 3000000000, NaN]) await show('bad ' + v, () => e.limit(1).select(r => ({ r: bad(v)(r.v) })))
await show('bad promise', () => e.limit(1).select(r => ({ r: bad(Promise.resolve(1))(r.v) })))
const tf = (rowsOf: any) => tableFunction({ name: 'TF', args: [t.string()], returns: { a: t.int(), b: t.string().nullable() }, eval: rowsOf })
await show('tf ok missing nullable', () => e.limit(1).joinLateral(r => tf(() => [{ a: 1 }])(r.k)))
await show('tf missing', () => e.limit(1).joinLateral(r => tf(() => [{ b: 'x' }])(r.k)))
await show('tf not iterable', () => e.limit(1).joinLateral(r => tf(() => 5)(r.k)))
await show('tf throws midway', () => e.joinLateral(r => tf(function* (k: string) { yield { a: 1, b: k }; if (k === 'b') throw new Error('mid'); })(r.k)).select('k', 'a'))
await show('tf null row', () => e.limit(1).joinLateral(r => tf(() => [null])(r.k)))
const as = asyncFunction({ name: 'AS', args: [t.int().nullable()], returns: t.int(), eval: async v => { if (v === 3) throw new Error('async x'); return (v ?? 0) + 1 } })
await show('async err', () => e.select(r => ({ r: as(r.v) })))
await show('async undefined', () => e.select(r => ({ r: asyncFunction({ args: [t.int()], returns: t.int(), eval: async () => undefined as any })(r.v) })))
await show('async in agg', () => e.groupBy('k').select(r => ({ s: sum(as(r.v)) })))
await show('async in join', () => app.sql`SELECT 1 FROM e AS x`)
