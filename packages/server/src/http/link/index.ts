import type { FastifyInstance } from 'fastify'
import type { HttpContext } from '../context.ts'
import { heldRoutes } from './held-routes.ts'
import { linkPages } from './link-pages.ts'
import { readRoutes } from './read-routes.ts'

/** What links in our mails open: an exchange to be read again, and something held to be decided. */
export function linkRoutes(app: FastifyInstance, context: HttpContext): void {
  linkPages(app)
  readRoutes(app, context)
  heldRoutes(app, context)
}
