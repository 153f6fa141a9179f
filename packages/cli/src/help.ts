// What --help prints.

export const HELP = `millrace: stream processing for TypeScript

  millrace run <file.ts|file.sql>     runs a program until its input ends, or until Ctrl-C
      --state-dir <folder>            keeps state there; a second start goes on from it
      --fresh                         discards what the folder holds
      --allow-orphaned-state          drops state of operators that the program no longer has
      --mode streaming|batch          batch: only final results, bounded input
      --port <n> | --no-server        the page's port (default 4280), or no page
      --host <address>                where it listens (default 127.0.0.1); elsewhere with the tokens of the
                                      environment: MILLRACE_READ_TOKEN, MILLRACE_OPERATE_TOKEN
      --tls-cert <pem> --tls-key <pem>   serves it by HTTPS

  millrace query --file <f.sql>       runs the script and prints the result of its last SELECT
      --mode streaming|batch          streaming (default) prints every change
      --output table|ndjson|csv       ndjson: one line per change, {"op":"+I","row":{…}}
      --types                         with ndjson: a first line names columns and SQL types
      --state-dir <folder>            goes on from that state and prints what is new

  millrace explain <file.sql>         prints logical, optimized and physical plan
      --code                          the generated code too
      --sql                           the Flink SQL that the plan stands for, too

  millrace types <file.sql>           writes the row types of its views and queries to <file.sql>.d.ts
      --output <file>                 to another file
      --check                         writes nothing; an error when they are not up to date

  millrace kafka acls <file.ts|file.sql>   prints the least ACLs that the program needs, as commands
      --principal <User:name>         whom they are for; by default the user that its tables name
      --json                          as JSON

  millrace lag <file.ts|file.sql>     prints how far a program is behind the topics that it reads, wherever it runs
      --group <name> --brokers <host:port,…>   of a consumer group instead, whatever it is
      --config <file>                 properties of a client of Kafka, such as for security; with --group
      --max-records <n>, --max-seconds <n>     exit code 3 when a partition is further behind
      --json                          as JSON

  millrace dlq list <file.ts|file.sql>     prints the dead letters of a program: in its topics, and in its state folder
      --state-dir <folder>            the folder, where the program does not name it
      --source <table> --code <MR_…> --since <time|duration>   only those
      --output text|ndjson            ndjson: one line per letter, bytes as base64
  millrace dlq show <file> <id>       prints all of a letter: bytes as text or hex, headers, reason, stack
  millrace dlq replay <file> [<id> …] sends letters of topics back to where their records were read, each once
      --all, or --source, --code, --since      which letters, where no ids are given
      --topic <name>                  to another topic

  millrace --help

Exit codes: 0 done, 1 an error in the program, its data or its surroundings, 2 an internal error, 3 a limit is exceeded.
`
