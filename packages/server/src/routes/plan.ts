// How a job is set up, the plan that runs, the code that was generated for it, and its last epochs.

import type { FastifyInstance } from 'fastify'
import type { JobView } from '../job-view.ts'
import { range } from './range.ts'

const READ = { config: { role: 'read' } } as const

type Planned = Pick<JobView, 'plan' | 'operatorCode' | 'epochs' | 'configuration'>

export function addPlanRoutes(app: FastifyInstance, job: Planned): void {
  app.get('/api/configuration', READ, async () => ({ groups: job.configuration() }))
  app.get('/api/plan', READ, async () => job.plan())
  app.get<{ Params: { id: string } }>(
    '/api/operators/:id/code',
    READ,
    async ({ params }, reply) => {
      const code = job.operatorCode(params.id)
      if (code !== undefined) return { code }
      const error = `There is no code of an operator "${params.id}" in this process.`
      return reply.code(404).send({ error })
    },
  )
  app.get<{ Querystring: { limit: number } }>(
    '/api/epochs',
    { ...READ, schema: { querystring: range(200) } },
    async ({ query }) => ({ epochs: job.epochs(query) }),
  )
}
