import type { FastifyReply, FastifyRequest } from 'fastify'
import { word } from '../../words/index.ts'
import { acceptedLanguage, directionOf } from './link-words.ts'

/** Somebody followed, or copied wrongly, a direct link that is not there. */
export function unknownLink(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = acceptedLanguage(request.headers['accept-language'])
  const title = word(language, 'link-unknown-title')
  return reply
    .code(404)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('vary', 'accept-language')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    .send(`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex, nofollow">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <link rel="icon" type="image/svg+xml" href="/link/link.svg">
    <link rel="stylesheet" href="/link/link.css">
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <p class="intro">${word(language, 'link-unknown')}</p>
    </main>
  </body>
</html>
`)
}
