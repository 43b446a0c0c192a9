import { type Answer, page, plain } from '../http/answer.ts'
import { html } from '../http/html.ts'
import type { Stage } from '../start-demo.ts'
import { type Shop, shops } from './catalogue.ts'
import { helpPage, homePage, orderPage, productPage, productsPage } from './pages.ts'
import { shopLayout } from './shop-layout.ts'

/** One page of the outdoor shop or of the garden shop. */
export function shopPage(stage: Stage, id: Shop['id'], url: URL): Answer {
  const shop = shops[id]
  const found = pageAt(stage, shop, url)
  if (url.pathname === '/favicon.ico') return plain('There is none.', 404)
  const shown = found ?? {
    title: 'Not here',
    main: html`<section class="narrow"><h1>Nothing grows at this address</h1><p>The page was moved, or never was. <a href="/">Back to the start</a></p></section>`,
  }
  return page(shopLayout(stage, shop, { ...shown, path: url.pathname }), policy(stage), found ? 200 : 404)
}

function pageAt(stage: Stage, shop: Shop, url: URL) {
  const path = url.pathname.replace(/(.)\/$/, '$1')
  if (path === '/') return homePage(shop)
  if (path === '/products') return productsPage(shop)
  if (path === '/help') return helpPage(shop)
  if (path === '/order') return orderPage(shop, url.searchParams.get('number'))
  const slug = /^\/products\/([a-z0-9-]+)$/.exec(path)?.[1]
  const product = shop.products.find((each) => each.slug === slug)
  return product && productPage(stage, shop, product)
}

// What a careful shop would allow: itself, and the chat window's server. The pocket page may frame the shop.
function policy({ parleyOrigin, origins }: Stage): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${parleyOrigin}`,
    `style-src 'self' ${parleyOrigin}`,
    "img-src 'self' data:",
    `connect-src 'self' ${parleyOrigin}`,
    `frame-src ${parleyOrigin}`,
    `frame-ancestors 'self' ${origins.stage} ${origins.stage.replace('//localhost', '//127.0.0.1')}`,
    "form-action 'self'",
    "base-uri 'none'",
  ].join('; ')
}
