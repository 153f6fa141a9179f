// Millrace: an app, to which tables, queries and their destinations are added before it runs.

import { columnAt, createProject, createScan, createValues } from '../plan/create-node.ts'
import type { NamedExpression } from '../plan/expression.ts'
import type { PlanNode } from '../plan/node.ts'
import type { Board } from '../connector/board.ts'
import type { Program, ProgramSettings } from '../plan/program.ts'
import type { ExplainOptions, RunControl, RunningJob, RunResult } from '../plan/runner-port.ts'
import { fromUserRow } from '../types/user-value.ts'
import { AppContext, currentRunner, readSource } from './app-context.ts'
import { ColumnScope } from './columns/column-scope.ts'
import type { ConnectorSpec } from './connections/connector-spec.ts'
import { registerWith } from './connections/connector-spec.ts'
import { describeTable, writtenTable } from './connections/describe-table.ts'
import type { ColumnsOf, ExprsOf, Projection } from './columns/expr.ts'
import { builderOf } from './columns/expression-builder.ts'
import { callSite, declaredRow } from './sql/declared-row.ts'
import { executeScript } from './sql/execute-script.ts'
import { checkRowType, checkSchema, type ColumnsOfRow } from './sql/typed-query.ts'
import { planQuery } from './sql-adapter.ts'
import type { SqlParameter } from './sql-text.ts'
import { sqlText } from './sql-text.ts'
import type {
  Columns,
  Flat,
  NameOf,
  NameOfKind,
  RowOf,
  SqlType,
  ValueOf,
} from './columns/sql-type.ts'
import { schemaOf } from './columns/sql-type.ts'
import type { WatermarkSpec } from './streams/stream.ts'
import { addWatermark } from './streams/stream.ts'
import { Table } from './tables/table.ts'
import { scalarFunction } from './functions/scalar-function.ts'
import {
  isUserFunction,
  NoFunctionError,
  registerFunction,
  type UserFunction,
} from './functions/user-function.ts'

export interface TableOptions<C extends Columns, W extends string = NameOfKind<C, 'timestamp'>> {
  /** Where its rows come from, or go to. */
  readonly source: ConnectorSpec
  /** The columns that the connection has. */
  readonly schema: C
  /** Makes a column the event time. */
  readonly watermark?: WatermarkSpec<W>
  /** Columns that identify a row. Not checked, as in Flink. */
  readonly primaryKey?: readonly NameOf<C>[]
}

/** A table with further columns, computed from those that the connection has. */
export interface ComputedTableOptions<C extends Columns, P extends Projection>
  extends TableOptions<C, NameOfKind<C, 'timestamp'> | NameOfKind<ColumnsOf<P>, 'timestamp'>> {
  readonly computed: (columns: ExprsOf<C>) => P
}

/** The settings of one run, over those of the app. */
export type RunOptions = ProgramSettings & RunControl

/** A query in SQL: its columns are known only when the plan is made, so that rows are objects of unknown values. */
// biome-ignore lint/suspicious/noExplicitAny: SQL text has no types for the compiler
export type SqlTable = Table<Record<string, SqlType<any>>>

/** What a script has to say. */
export interface ExecuteResult {
  /** What SHOW, DESCRIBE, EXPLAIN and SET answer, in order, then the last query: tables like any others. */
  readonly answers: readonly SqlTable[]
  /** What was accepted without effect, a sentence each. */
  readonly notices: readonly string[]
}

/**
 * A program. Tables are declared with `table`, written in TypeScript or SQL, sent somewhere with `into`, and run together.
 *
 * Nothing is read before `run`, `start` or an action of a table.
 */
export class Millrace {
  readonly name: string
  readonly #app: AppContext

  /** @param name stands in state and metrics */
  constructor(name: string, settings: ProgramSettings = {}) {
    this.name = name
    this.#app = new AppContext(name, settings)
    Object.freeze(this)
  }

  /**
   * Declares a table of a connection: to be read through what is returned, and written to by `into(name)`.
   *
   * @throws {DuplicateNameError} `MR_SQL_DUPLICATE` when the name is taken
   */
  table<C extends Columns, P extends Projection>(
    name: string,
    options: ComputedTableOptions<C, P>,
  ): Table<Flat<C & ColumnsOf<P>>>
  table<C extends Columns>(name: string, options: TableOptions<C>): Table<Flat<C>>
  table(
    name: string,
    options: TableOptions<Columns, string> & { readonly computed?: unknown },
  ): unknown {
    const { source: spec, watermark, computed, primaryKey = [] } = options
    const schema = schemaOf(options.schema)
    const descriptor = describeTable(this.#app, { name, spec, schema, primaryKey })
    const scan = createScan(descriptor)
    const full = computed
      ? this.#compute(scan, computed as unknown as (columns: unknown) => Projection)
      : scan
    const plan = watermark ? addWatermark(this.#app, full, watermark) : full
    this.#app.addTable({ name, plan, descriptor: writtenTable(this.#app, descriptor) })
    return new Table(this.#app, plan)
  }

  /** A table of rows that the program writes down: SQL's VALUES. */
  values<C extends Columns>(columns: C, rows: readonly RowOf<C>[]): Table<Flat<C>> {
    const schema = schemaOf(columns)
    // Named by a projection, as SQL's are.
    const unnamed = schema.map((c, i) => ({ ...c, name: `EXPR$${i}` }))
    const values = createValues(unnamed, rows.map(fromUserRow(schema)))
    const named = schema.map(({ name }, i) => ({ name, expression: columnAt(values, i) }))
    return new Table(this.#app, createProject(values, named))
  }

  /**
   * A query in Flink SQL over the app's tables by name; constants and tables may stand in `${…}`.
   *
   * `` app.sql<Row>`…` `` gives it a row type, which is held against the query where the program's source is there to be read;
   * `` app.sql({ origin: t.string() })`…` `` gives it exact column types, which always are.
   *
   * @throws {RowTypeError} `MR_SQL_ROW_TYPE` when a column is missing or of another type than declared
   */
  sql(parts: TemplateStringsArray, ...parameters: readonly SqlParameter[]): SqlTable
  sql<R extends object>(
    parts: TemplateStringsArray,
    ...parameters: readonly SqlParameter[]
  ): Table<ColumnsOfRow<R>>
  sql<C extends Columns>(
    columns: C,
  ): (parts: TemplateStringsArray, ...parameters: readonly SqlParameter[]) => Table<Flat<C>>
  sql(first: TemplateStringsArray | Columns, ...parameters: readonly SqlParameter[]): unknown {
    if (!isTemplate(first))
      return (parts: TemplateStringsArray, ...given: readonly SqlParameter[]) => {
        const plan = this.#query(parts, given)
        checkSchema(plan.schema, first)
        return new Table(this.#app, plan)
      }
    const site = callSite(new Error('call').stack)
    const plan = this.#query(first, parameters)
    const declared = site && declaredRow(site, first.raw ?? first, readSource)
    if (declared) checkRowType(plan.schema, declared)
    return new Table(this.#app, plan)
  }

  /**
   * Runs the statements of a script in Flink SQL: Flink's `executeSql`, of several. What CREATE, ALTER, DROP, USE and SET declare stays
   * with the app; an INSERT is a statement of the app, which `run` runs.
   *
   * As text, or as a tag: then constants and tables may stand in `${…}`. Modules that CREATE FUNCTION names are found from `baseFolder`.
   *
   * @throws {MillraceError} with the place in the text; the statements before it hold, but no INSERT of the script is added
   */
  async execute(
    script: string | TemplateStringsArray,
    ...parameters: readonly SqlParameter[]
  ): Promise<ExecuteResult> {
    const text = typeof script === 'string' ? script : sqlText(this.#app, script, parameters)
    const { plans, notices } = await executeScript(this.#app, text)
    return { answers: plans.map(plan => new Table(this.#app, plan) as SqlTable), notices }
  }

  /**
   * Registers a function for SQL: one of `scalarFunction`, `asyncFunction`, `aggregateFunction`, `tableFunction`, `overloads`; or, in
   * short, types and a pure function of positional arguments.
   */
  function(name: string, userFunction: UserFunction): this
  function<const A extends readonly SqlType[], R extends SqlType>(
    name: string,
    types: { readonly args: A; readonly returns: R },
    call: (...args: { [I in keyof A]: ValueOf<A[I]> }) => ValueOf<R>,
  ): this
  function(name: string, what: unknown, call?: (...args: never[]) => unknown): this {
    const made = call ? scalarFunction({ ...(what as object), eval: call } as never) : what
    if (!isUserFunction(made)) throw new NoFunctionError({ what: `What is registered as ${name}` })
    registerFunction(this.#app.functions, name, made)
    return this
  }

  /** Makes a connector or format of another package known to SQL, by what a connection or format brings along. */
  use(spec: Pick<ConnectorSpec, 'factories' | 'formats'>): this {
    registerWith(this.#app.connectors, spec)
    return this
  }

  /** Gives the program's page a view of its own: tiles over tables that the program writes. The last one counts. */
  board(board: Board): this {
    this.#app.board = board
    return this
  }

  /** Runs all that was sent somewhere; resolves at the end of bounded input, or once stopped. */
  async run(options: RunOptions = {}): Promise<RunResult> {
    return (await this.start(options)).finished
  }

  /** As {@link run}, but gives the running job, which can be stopped. */
  start(options: RunOptions = {}): Promise<RunningJob> {
    const { signal, ...settings } = options
    return currentRunner().start(this.program(settings), { signal })
  }

  /** The plan of all statements as text. */
  explain(options: ExplainOptions = {}): string {
    return currentRunner().explain(this.program(), options)
  }

  /** What would run now, for runners and tests. */
  program(settings: ProgramSettings = {}): Program {
    return this.#app.program(settings)
  }

  #query(parts: readonly string[], parameters: readonly SqlParameter[]): PlanNode {
    return planQuery(sqlText(this.#app, parts, parameters), this.#app)
  }

  #compute(scan: PlanNode, computed: (columns: unknown) => Projection): PlanNode {
    const scope = new ColumnScope(scan.schema)
    const context = { ...this.#app.environment, offsets: new Map([[scope, 0]]) }
    const physical: NamedExpression[] = scan.schema.map(({ name }, i) => ({
      name,
      expression: columnAt(scan, i),
    }))
    const added = Object.entries(computed(scope.columns())).map(([name, e]) => ({
      name,
      expression: builderOf(e).build(context),
    }))
    return createProject(scan, [...physical, ...added])
  }
}

/** Queries made from text, not by a tag, are lists of texts too. */
const isTemplate = (value: object): value is TemplateStringsArray => Array.isArray(value)
