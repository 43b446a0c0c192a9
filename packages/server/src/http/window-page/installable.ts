import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nearestLanguage } from '@parley/model'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findEntry } from '../../links/index.ts'
import { type Site, windowTitle } from '../../sites/index.ts'
import type { HttpContext } from '../context.ts'
import { refuse } from '../problem.ts'
import { drawIcon } from './draw-icon.ts'

const sizes = [192, 512] as const
const ground = '#f5f6f5'

type OnPage = FastifyRequest<{ Params: { key: string } }>

/**
 * What makes a window that stands alone, behind a direct link above all, something to install: a manifest in the site's name and colour,
 * icons, and a service worker. Each page is an application of its own.
 */
export function installable(app: FastifyInstance, context: HttpContext, widget: string): void {
  const icons = new Map<string, Buffer>()
  for (const place of ['w', 'l']) {
    app.get(`/${place}/:key/manifest.webmanifest`, async (request: OnPage, reply) => {
      const site = await siteOf(context, request)
      if (!site) return refuse(reply, 'not-there', 'en')
      const at = `/${place}/${encodeURIComponent(request.params.key)}`
      const language = nearestLanguage(request.headers['accept-language'])
      const name = windowTitle(site, language)
      reply.header('vary', 'accept-language')
      return fromSite(reply, 'application/manifest+json').send({
        id: at,
        name,
        short_name: site.name.slice(0, 12) === site.name ? site.name : name.slice(0, 12),
        lang: language,
        dir: 'auto',
        start_url: at,
        scope: at,
        display: 'standalone',
        theme_color: site.policy.window.colour,
        background_color: ground,
        icons: sizes.flatMap((size) =>
          ['any', 'maskable'].map((purpose) => ({
            src: `${at}/icon-${size}.png`,
            sizes: `${size}x${size}`,
            type: 'image/png',
            purpose,
          })),
        ),
      })
    })
    for (const size of sizes) {
      app.get(`/${place}/:key/icon-${size}.png`, async (request: OnPage, reply) => {
        const site = await siteOf(context, request)
        if (!site) return refuse(reply, 'not-there', 'en')
        return fromSite(reply, 'image/png').send(iconFor(icons, site.policy.window.colour, size))
      })
    }
  }
  const worker = join(widget, 'window-worker.js')
  app.get('/window-worker.js', async (_, reply) =>
    existsSync(worker)
      ? reply
          .header('content-type', 'text/javascript; charset=utf-8')
          // Looked for anew on every visit; what it fetches is bound by the policy that it came with.
          .header('cache-control', 'no-cache')
          .header('content-security-policy', "default-src 'none'; connect-src 'self'; img-src 'self'")
          .send(readFileSync(worker))
      : refuse(reply, 'not-there', 'en'),
  )
}

/** For the head of a page that stands alone; in a frame it would be loaded for nothing. */
export function installHead({ colour, at }: { colour: string; at: string }): string {
  return `<link rel="manifest" href="${at}/manifest.webmanifest"><link rel="icon" href="${at}/icon-192.png"><link rel="apple-touch-icon" href="${at}/icon-192.png"><meta name="theme-color" content="${colour}">`
}

async function siteOf(context: HttpContext, { params }: OnPage): Promise<Site | null> {
  return (await findEntry(context.db, params.key, context.clock.now()))?.site ?? null
}

function fromSite(reply: FastifyReply, type: string): FastifyReply {
  return reply.header('content-type', type).header('cache-control', 'public, max-age=3600')
}

/** Drawn once for a colour. Sites choose theirs seldom; whoever has a thousand of them waits some milliseconds more. */
function iconFor(drawn: Map<string, Buffer>, colour: string, size: number): Buffer {
  const key = `${colour} ${size}`
  const icon = drawn.get(key) ?? drawIcon(colour, size)
  if (drawn.size >= 200) drawn.clear()
  drawn.set(key, icon)
  return icon
}
