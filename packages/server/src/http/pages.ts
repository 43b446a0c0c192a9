import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import staticFiles from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findEntry, findLink } from '../links/index.ts'
import { domainsOf, type Site, siteById } from '../sites/index.ts'
import type { HttpContext } from './context.ts'
import { unknownLink } from './link/unknown-link.ts'
import { refuse } from './problem.ts'
import { installable, installHead } from './window-page/installable.ts'

/** The built front ends: where `vite build` of each app has put them. */
export interface PageFolders {
  readonly widget: string
  readonly panel: string
}

/** The loader, the visitor's window and the desk: static files with strict policies, no inline script or style. */
export async function pages(app: FastifyInstance, context: HttpContext, folders: PageFolders): Promise<void> {
  const own = context.publicUrl
  const sockets = own.replace(/^http/, 'ws')
  const policy = (extra: string) =>
    `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self' ${sockets}; media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; ${extra}`

  const loader = join(folders.widget, 'parley.js')
  app.get('/parley.js', async (_, reply) => {
    if (!existsSync(loader))
      return refuse(reply, 'not-there', 'en', { text: 'The window has not been built: npm start builds it.' })
    return reply
      .header('content-type', 'text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=300')
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(readFileSync(loader))
  })

  app.get<{ Params: { siteKey: string } }>('/w/:siteKey', async (request, reply) => {
    const entry = await findEntry(context.db, request.params.siteKey, context.clock.now())
    if (!entry) return refuse(reply, 'not-there', 'en')
    const hosts = await domainsOf(context.db, entry.site.account)
    const at = `/w/${encodeURIComponent(request.params.siteKey)}`
    return window({ request, reply, site: entry.site, at }, `'self' ${hosts.map(hostSource).join(' ')}`)
  })
  type OnWindow = { request: FastifyRequest; reply: FastifyReply; site: Site; at: string }
  const window = ({ request, reply, site, at }: OnWindow, ancestors: string) => {
    const html = readFileSync(join(folders.widget, 'window', 'index.html'), 'utf8')
    const isAlone = request.headers['sec-fetch-dest'] !== 'iframe'
    const head = isAlone ? installHead({ colour: site.policy.window.colour, at }) : ''
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('vary', 'sec-fetch-dest')
      .header('cache-control', 'no-cache')
      .header('content-security-policy', policy(`frame-ancestors ${ancestors}`))
      .header('referrer-policy', 'no-referrer')
      .send(head === '' ? html : html.replace('<link rel="icon" href="data:,">', head))
  }
  // A direct link is the window itself, as a page of its own: it takes the last part of its address for its key here too.
  app.get<{ Params: { code: string } }>('/l/:code', async (request, reply) => {
    const link = await findLink(context.db, request.params.code, context.clock.now())
    const site = link && (await siteById(context.db, link.account, link.site))
    if (!site) return unknownLink(request, reply)
    return window({ request, reply, site, at: `/l/${encodeURIComponent(request.params.code)}` }, "'none'")
  })
  installable(app, context, folders.widget)
  if (existsSync(join(folders.widget, 'window'))) {
    await app.register(staticFiles, {
      root: join(folders.widget, 'window'),
      prefix: '/window/',
      decorateReply: false,
      immutable: true,
      maxAge: '1y',
      index: false,
    })
  }

  const desk = join(folders.panel, 'index.html')
  const deskPage = (_: unknown, reply: Parameters<typeof refuse>[0]) => {
    if (!existsSync(desk))
      return refuse(reply, 'not-there', 'en', { text: 'The desk has not been built: npm start builds it.' })
    const nonce = randomBytes(16).toString('base64')
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header(
        'content-security-policy',
        policy("frame-ancestors 'none'").replace("style-src 'self'", `style-src 'self' 'nonce-${nonce}'`),
      )
      .header('referrer-policy', 'no-referrer')
      .send(readFileSync(desk, 'utf8').replaceAll('__CSP_NONCE__', nonce))
  }
  if (existsSync(join(folders.panel, 'assets'))) {
    await app.register(staticFiles, {
      root: join(folders.panel, 'assets'),
      prefix: '/desk/assets/',
      decorateReply: false,
      immutable: true,
      maxAge: '1y',
      index: false,
    })
  }
  for (const [name, type] of Object.entries(deskFiles)) {
    const file = join(folders.panel, name)
    if (!existsSync(file)) continue
    app.get(`/desk/${name}`, (_, reply) => {
      reply.header('content-type', type)
      // A service worker is looked for anew on every visit, and what it fetches is bound by the policy that it came with.
      if (name.endsWith('.js'))
        reply.header('cache-control', 'no-cache').header('content-security-policy', workerPolicy)
      else reply.header('cache-control', 'public, max-age=86400')
      return reply.send(readFileSync(file))
    })
  }
  app.get('/desk', (_, reply) => reply.redirect('/desk/'))
  app.get('/desk/*', deskPage)
}

const workerPolicy = "default-src 'none'; connect-src 'self'; img-src 'self'"

/** What browsers look for beside the desk under names that stay. */
const deskFiles = {
  'favicon.svg': 'image/svg+xml',
  'icon-192.png': 'image/png',
  'icon-512.png': 'image/png',
  'icon-maskable-512.png': 'image/png',
  'manifest.webmanifest': 'application/manifest+json',
  'service-worker.js': 'text/javascript; charset=utf-8',
}

/** A host of a site as a source of frames: with its port; loopback names may be plain http. */
function hostSource(host: string): string {
  return /(^|\.)localhost(:\d+)?$|^127\.|^\[::1\]/.test(host) ? `http://${host} https://${host}` : `https://${host}`
}
