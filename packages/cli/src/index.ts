// The public surface of @millrace/cli: what programs with a command line of their own use.

export { type FollowedJob, type Host, type HostOptions, hostPrograms } from './host.ts'
