// What can be done with any query: run it, look into it, name it, send it somewhere.

import type { PlanNode } from '../../plan/node.ts'
import type { ProgramSettings } from '../../plan/program.ts'
import type { ExplainOptions } from '../../plan/runner-port.ts'
import type { ActionOptions, ResultChange } from '../actions.ts'
import { changesOf, explainQuery, firstRows, rowsOf } from '../actions.ts'
import type { AppContext } from '../app-context.ts'
import type { Columns, NameOf, RowOf } from '../columns/sql-type.ts'
import type { ConnectorSpec } from '../connections/connector-spec.ts'
import type { IntoOptions } from '../connections/write-table.ts'
import { writeInto } from '../connections/write-table.ts'

/** A plan with rows of columns `C`, that has not run. */
export abstract class Query<C extends Columns> {
  /** The logical plan. */
  readonly plan: PlanNode
  /** Phantom: the type of a row. */
  declare readonly Row: RowOf<C>
  protected readonly app: AppContext

  constructor(app: AppContext, plan: PlanNode) {
    this.plan = plan
    this.app = app
    // Programs do not see it in what they print.
    Object.defineProperty(this, 'app', { enumerable: false })
  }

  /** Makes the table visible to SQL, as a view of that name. */
  as(name: string): this {
    this.app.addTable({ name, plan: this.plan })
    return this
  }

  /** Writes the table to a connection or a declared table, once the app runs. */
  into(target: ConnectorSpec | string, options: IntoOptions<NameOf<C>> = {}): void {
    writeInto(this.app, this.plan, target, options)
  }

  /** Runs and gives all rows. Bounded input only. */
  async collect(options: ActionOptions = {}): Promise<RowOf<C>[]> {
    const rows: RowOf<C>[] = []
    for await (const row of rowsOf<RowOf<C>>(this.app, this.plan, options)) rows.push(row)
    return rows
  }

  /** Runs and gives the number of rows. Bounded input only. */
  async count(options: ActionOptions = {}): Promise<number> {
    let count = 0
    for await (const _ of rowsOf(this.app, this.plan, options)) count++
    return count
  }

  /** Runs until it has `count` rows and gives them; of unbounded input as they come. */
  async take(count: number, options: ActionOptions = {}): Promise<RowOf<C>[]> {
    return firstRows<RowOf<C>>(this.app, this.plan, count, options)
  }

  /** Runs and calls `visit` with each row; a promise holds back the next. Bounded input only. */
  async forEach(
    visit: (row: RowOf<C>) => void | Promise<void>,
    options: ActionOptions = {},
  ): Promise<void> {
    for await (const row of rowsOf<RowOf<C>>(this.app, this.plan, options)) await visit(row)
  }

  /** Runs and folds all rows into one value. Bounded input only. */
  async reduce<A>(
    step: (sum: A, row: RowOf<C>) => A,
    initial: A,
    options: ActionOptions = {},
  ): Promise<A> {
    let sum = initial
    for await (const row of rowsOf<RowOf<C>>(this.app, this.plan, options)) sum = step(sum, row)
    return sum
  }

  /** Runs and yields each change of the result as it happens; ending the loop stops the run. */
  changes(
    options: ActionOptions & Pick<ProgramSettings, 'mode'> = {},
  ): AsyncIterable<ResultChange<RowOf<C>>> {
    return changesOf<RowOf<C>>(this.app, this.plan, options)
  }

  /** The plan as text: logical, optimized, physical; with `code` the generated code, with `sql` its Flink SQL. */
  explain(options: ExplainOptions = {}): string {
    return explainQuery(this.app, this.plan, options)
  }
}
