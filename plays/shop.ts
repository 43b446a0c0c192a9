import { once } from 'node:events'
import { createServer } from 'node:http'

export type Shop = {
  /** With the port, as a site's domain is written. */
  host: string
  url: string
  /** Adds a link to every page from now on. */
  links(href: string, text: string): void
  /** Puts the window on every page from now on. */
  embed(parleyUrl: string, siteKey: string): void
  close(): Promise<void>
}

/** Somebody's web shop under a name of its own, with the one script tag on its pages. */
export async function openShop(name = 'shop.localhost'): Promise<Shop> {
  let tag = ''
  let links = '<a href="/other">Other page</a>'
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(`<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Shop</title>
<main><h1>${request.url === '/' ? 'A shop' : 'Another page'}</h1><p>${links}</p></main>${tag}</html>`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('the shop has no port')
  const host = `${name}:${address.port}`
  return {
    host,
    url: `http://${host}/`,
    links(href, text) {
      links += ` <a href="${href}">${text}</a>`
    },
    embed(parleyUrl, siteKey) {
      tag = `<script async src="${parleyUrl}/parley.js" data-site="${siteKey}"></script>`
    },
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
