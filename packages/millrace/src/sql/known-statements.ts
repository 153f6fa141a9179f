// The statements of Flink, by their first words: those that run, those without effect here, and those that are refused.

export interface KnownStatement {
  /** In upper case. */
  readonly words: readonly string[]
  /** `runs`; `ignored`: it has no effect, and the command says so; `refused`: an error that says what to do instead. */
  readonly fate: 'runs' | 'ignored' | 'refused'
  /** Of `ignored`, why a script may keep it; of `refused`, what to do instead. */
  readonly reason: string
}

const runs = (...starts: readonly string[]): KnownStatement[] =>
  starts.map(start => ({ words: start.split(' '), fate: 'runs', reason: '' }))
const others =
  (fate: 'ignored' | 'refused') =>
  (reason: string, ...starts: readonly string[]): KnownStatement[] =>
    starts.map(start => ({ words: start.split(' '), fate, reason }))
const ignored = others('ignored')
const refused = others('refused')

/** Of statements that begin alike, the longer stands before the shorter. */
export const KNOWN_STATEMENTS: readonly KnownStatement[] = [
  ...ignored('plans need no statistics', 'ANALYZE TABLE'),
  ...ignored('functions come from TypeScript modules', 'ADD JAR', 'REMOVE JAR'),
  ...ignored('all built-in functions are there', 'LOAD MODULE'),
  ...ignored('all built-in functions stay', 'UNLOAD MODULE'),
  ...ignored('all built-in functions are in use', 'USE MODULES'),
  ...ignored('it is a command of Flink’s SQL client', 'HELP', 'CLEAR', 'QUIT', 'EXIT'),
  ...refused('Empty the system that the table is in.', 'TRUNCATE TABLE'),
  ...refused('Tables are streams: filter rows out in the query that reads them.', 'DELETE FROM'),
  ...refused('Tables are streams: change rows in the query that reads them.', 'UPDATE'),
  ...refused(
    'INSERT into a table with a primary key, whose sink takes upserts.',
    'MERGE INTO',
    'UPSERT INTO',
  ),
  ...refused('Write the call in TypeScript.', 'CALL'),
  ...refused('Stop the process, or call stop() of the running job.', 'STOP JOB'),
  ...refused(
    'Run the script: state goes on where its operators are the same.',
    'COMPILE PLAN',
    'COMPILE AND EXECUTE PLAN',
  ),
  ...refused('Run the script that the plan was made of.', 'EXECUTE PLAN'),
  ...refused(
    'Write an INSERT INTO a table, and run it.',
    'CREATE MATERIALIZED TABLE',
    'CREATE OR ALTER MATERIALIZED TABLE',
    'ALTER MATERIALIZED TABLE',
    'DROP MATERIALIZED TABLE',
  ),
  ...refused(
    'Call the model in an async function of TypeScript.',
    'CREATE MODEL',
    'CREATE TEMPORARY MODEL',
    'ALTER MODEL',
    'DROP MODEL',
  ),
  ...runs('SELECT', 'WITH', 'VALUES', 'INSERT INTO', 'INSERT OVERWRITE'),
  ...runs('EXECUTE STATEMENT SET', 'BEGIN STATEMENT SET'),
  ...runs('CREATE TABLE', 'CREATE VIEW', 'CREATE FUNCTION', 'CREATE CATALOG', 'CREATE DATABASE'),
  ...runs('CREATE TEMPORARY TABLE', 'CREATE TEMPORARY VIEW', 'CREATE TEMPORARY FUNCTION'),
  ...runs('ALTER TABLE', 'ALTER VIEW', 'ALTER FUNCTION', 'ALTER CATALOG', 'ALTER DATABASE'),
  ...runs('DROP TABLE', 'DROP VIEW', 'DROP FUNCTION', 'DROP CATALOG', 'DROP DATABASE'),
  ...runs('EXPLAIN', 'DESCRIBE', 'SHOW', 'USE CATALOG', 'USE', 'SET', 'RESET'),
]
