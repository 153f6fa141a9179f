// The public surface of @millrace/duckdb.

export { duckdb, type DuckDbConnection, type DuckDbOptions, duckdbSinkFactory } from './duckdb.ts'
export { duckdbSourceFactory } from './duckdb-source.ts'
export {
  openWarehouse,
  type PlainRow,
  type Warehouse,
  type WarehouseLimits,
} from './warehouse.ts'
export type { PlainValue } from './plain-value.ts'
export {
  WarehouseBehindError,
  WarehouseLockedError,
  WarehouseOpenError,
  WarehouseSchemaError,
  WarehouseTypeError,
  WarehouseWriteError,
} from './warehouse-errors.ts'
