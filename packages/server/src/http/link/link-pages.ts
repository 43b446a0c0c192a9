import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { wordsFor } from '../../words/index.ts'
import { acceptedLanguage, directionOf, linkWords } from './link-words.ts'

const folder = path.join(import.meta.dirname, 'pages')

/** `/read` and `/held`: the same to everybody who fetches them, mail scanners too. What they show is asked for on a click. */
export function linkPages(app: FastifyInstance): void {
  const template = readFileSync(path.join(folder, 'link.html'), 'utf8')
  const css = asset(app, 'link.css', 'text/css; charset=utf-8')
  const icon = asset(app, 'link.svg', 'image/svg+xml')
  const js = asset(app, 'link.js', 'text/javascript; charset=utf-8')

  const page = (name: 'read' | 'held') => (request: FastifyRequest, reply: FastifyReply) => {
    const language = acceptedLanguage(request.headers['accept-language'])
    const words = wordsFor(language)
    const values: Record<string, string> = {
      page: name,
      icon,
      css,
      js,
      title: words[`link-${name}-title`],
      intro: words[`link-${name}-intro`],
      open: words[`link-${name}-open`],
      script: words['link-script'],
      words: JSON.stringify(linkWords(language)),
    }
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('vary', 'accept-language')
      .header('x-robots-tag', 'noindex, nofollow')
      .header(
        'content-security-policy',
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
      .send(
        template
          .replace('lang="en" dir="ltr"', `lang="${language}" dir="${directionOf(language)}"`)
          .replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => escapeHtml(values[key] ?? '')),
      )
  }
  app.get('/read', page('read'))
  app.get('/held', page('held'))
}

/** Serves a file under an address that changes with what is in it. */
function asset(app: FastifyInstance, name: string, type: string): string {
  const bytes = readFileSync(path.join(folder, name))
  const version = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  app.get<{ Querystring: { v?: string } }>(`/link/${name}`, (request, reply) =>
    reply
      .header('content-type', type)
      // Another version's name for it comes from a page of another process, while they are being replaced one by one.
      .header('cache-control', request.query.v === version ? 'public, max-age=31536000, immutable' : 'no-cache')
      .send(bytes),
  )
  return `/link/${name}?v=${version}`
}

function escapeHtml(text: string): string {
  const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replaceAll(/[&<>"']/g, (character) => named[character] ?? character)
}
