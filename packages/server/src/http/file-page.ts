import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openBlob, SmallPictures } from '../attachments/index.ts'
import { type Words, word } from '../words/index.ts'
import type { HttpContext } from './context.ts'
import { acceptedLanguage, directionOf } from './link/link-words.ts'

/**
 * `/f/…`: the page behind a link to a file, on media that carry links only (C8). Whoever has the address may see it, until it expires. It
 * names the file before it gives it. Who asks for anything but a page (a provider that fetches a picture for an MMS) gets the bytes, a
 * picture as small as such messages carry.
 */
export function filePage(app: FastifyInstance, context: HttpContext): void {
  const { db, signer } = context
  const pictures = new SmallPictures(db)
  app.get<{ Params: { token: string }; Querystring: { small?: string } }>('/f/:token', async (request, reply) => {
    const language = acceptedLanguage(request.headers['accept-language'])
    reply.header('vary', 'accept, accept-language').header('x-robots-tag', 'noindex, nofollow')
    const meant = signer.checkFilePage(request.params.token)
    if (!meant) return apology(reply.code(404), language, 'file-page-unknown-title', 'file-page-unknown')
    if ('expired' in meant) return apology(reply.code(410), language, 'file-page-expired-title', 'file-page-expired')
    const file = await db.read(meant.account, (reader) =>
      reader
        .selectFrom('attachment')
        .innerJoin('account', 'account.account_id', 'attachment.account_id')
        .leftJoin('conversation', (join) =>
          join
            .onRef('conversation.account_id', '=', 'attachment.account_id')
            .onRef('conversation.conversation_id', '=', 'attachment.conversation_id'),
        )
        .leftJoin('site', (join) =>
          join
            .onRef('site.account_id', '=', 'conversation.account_id')
            .onRef('site.site_id', '=', 'conversation.site_id'),
        )
        .select([
          'attachment.attachment_id as id',
          'attachment.scan',
          'attachment.name',
          'attachment.type',
          'attachment.size',
          'attachment.blob_id',
          'site.name as site',
        ])
        .select('account.name as account_name')
        .where('attachment.account_id', '=', meant.account)
        .where('attachment.attachment_id', '=', meant.attachment)
        .executeTakeFirst(),
    )
    if (!file) return apology(reply.code(404), language, 'file-page-unknown-title', 'file-page-unknown')
    if (!wantsPage(request) || request.query.small !== undefined) {
      const { id, type, blob_id: blob } = file
      const small = type.startsWith('image/') ? await pictures.find(meant.account, { id, type, blob }) : null
      reply
        .header('content-type', small ? 'image/jpeg' : type)
        .header('content-length', small?.byteLength ?? file.size)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cache-control', 'private, max-age=3600')
      return reply.send(small ? Buffer.from(small) : Readable.from(openBlob(db, meant.account, blob)))
    }
    const raw = signer.attachmentPath(meant.account, meant.attachment)
    const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(meant.until)
    const about = `${nameType(file.name, file.type)} · ${sizeIn(language, file.size)}`
    return page(reply, language, file.name, [
      `<p class="site">${escapeHtml(word(language, 'file-page-for', { site: file.site ?? file.account_name }))}</p>`,
      `<h1 dir="auto">${escapeHtml(file.name)}</h1>`,
      `<p class="intro">${escapeHtml(about)}</p>`,
      ...(file.scan === 'unknown' ? [`<p class="note">${escapeHtml(word(language, 'file-page-unchecked'))}</p>`] : []),
      `<div class="files">${preview(file.type, raw, file.name, `/f/${request.params.token}?small`)}</div>`,
      `<p class="choices"><a class="main" href="${raw}" download>${escapeHtml(word(language, 'file-page-open'))}</a></p>`,
      `<p class="foot">${escapeHtml(word(language, 'file-page-until', { date }))}</p>`,
    ])
  })
}

/** A browser that follows a link asks for `text/html`; whatever fetches the file for somebody does not. */
function wantsPage({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/html') ?? false
}

/** What a browser draws or plays and cannot run; anything else is only offered. */
function preview(type: string, raw: string, name: string, small: string): string {
  // What telephones take, most browsers do not draw.
  if (type.startsWith('image/') && type !== 'image/heic') return `<img src="${small}" alt="${escapeHtml(name)}">`
  if (type.startsWith('audio/')) return `<audio controls preload="metadata" src="${raw}"></audio>`
  if (type.startsWith('video/')) return `<video controls preload="metadata" src="${raw}"></video>`
  return ''
}

/** As it is known to people: by its ending. */
function nameType(name: string, type: string): string {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]
  return ending ? ending.toUpperCase() : type
}

function sizeIn(language: string, bytes: number): string {
  const [unit, divisor] =
    bytes < 1_000 ? (['byte', 1] as const) : bytes < 1e6 ? (['kilobyte', 1e3] as const) : (['megabyte', 1e6] as const)
  const options = {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
  } as const
  return new Intl.NumberFormat(language, options).format(bytes / divisor)
}

function apology(reply: FastifyReply, language: string, title: keyof Words, why: keyof Words): FastifyReply {
  return page(reply, language, word(language, title), [
    `<h1>${escapeHtml(word(language, title))}</h1>`,
    `<p class="intro">${escapeHtml(word(language, why))}</p>`,
  ])
}

function page(reply: FastifyReply, language: string, title: string, parts: string[]): FastifyReply {
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    .send(`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex, nofollow">
    <meta name="color-scheme" content="light dark">
    <title>${escapeHtml(title)}</title>
    <link rel="icon" type="image/svg+xml" href="/link/link.svg">
    <link rel="stylesheet" href="/link/link.css">
  </head>
  <body>
    <main>
      ${parts.join('\n      ')}
    </main>
  </body>
</html>
`)
}

function escapeHtml(text: string): string {
  const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replaceAll(/[&<>"']/g, (character) => named[character] ?? character)
}
