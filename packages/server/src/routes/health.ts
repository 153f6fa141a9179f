// For orchestrators: whether the process is to be left alone, and whether the job does its work. No token is asked for, nothing is told
// of what the job does.

import type { FastifyInstance } from 'fastify'
import type { JobView } from '../job-view.ts'

const OPEN = { config: { role: 'none' } } as const

export function addHealthRoutes(app: FastifyInstance, job: Pick<JobView, 'status'>): void {
  // Liveness: a process whose job has failed does not mend by itself.
  app.get('/healthz', OPEN, async (_request, reply) => {
    const { state } = job.status()
    return reply.code(state === 'failed' ? 503 : 200).send({ state })
  })
  // Readiness: state is restored, records are read, and nothing holds them up.
  app.get('/readyz', OPEN, async (_request, reply) => {
    const { state, troubles = [] } = job.status()
    const isReady = (state === 'running' || state === 'finished') && troubles.length === 0
    return reply.code(isReady ? 200 : 503).send({ isReady, state, troubles: troubles.length })
  })
}
