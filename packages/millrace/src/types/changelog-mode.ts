// Which kinds of changes an edge, a source or a sink deals in.

/** `append`: +I only. `upsert`: +I/+U and -D on a key, no -U. `retract`: all four, with whole rows taken back. */
export type ChangelogMode = 'append' | 'upsert' | 'retract'
