// What someone may do: look, or also change things.

/** `operate` includes `read`. */
export type Role = 'read' | 'operate'

/** What a route asks for; `none`: nothing, it tells nothing of the job. Routes that do not say need `operate`. */
export type NeededRole = Role | 'none'

declare module 'fastify' {
  interface FastifyContextConfig {
    role?: NeededRole
  }
}

export const mayDo = (role: Role | undefined, needed: NeededRole): boolean =>
  needed === 'none' || role === 'operate' || (role === 'read' && needed === 'read')
