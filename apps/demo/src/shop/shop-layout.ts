import { shopNumber, spaced } from '../cast-phones.ts'
import { type Html, html } from '../http/html.ts'
import type { Stage } from '../start-demo.ts'
import type { Shop } from './catalogue.ts'

export type Shown = { title: string; main: Html }

/** The frame of every shop page, with the chat window's one script tag at the end. */
export function shopLayout(stage: Stage, shop: Shop, { title, main, path }: Shown & { path: string }): Html {
  const link = (to: string, text: string) => {
    const current = to === '/' ? path === '/' : path.startsWith(to)
    return current ? html`<a href="${to}" aria-current="page">${text}</a>` : html`<a href="${to}">${text}</a>`
  }
  return html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${shop.name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/web/shop.css">
<script type="module" src="/web/shop.ts"></script>
</head>
<body class="shop-${shop.id}">
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<a class="brand" href="/">${mark(shop)}<span>${shop.name}</span></a>
<nav aria-label="Shop">${link('/products', 'Products')}${link('/help', 'Help')}${link('/order', 'My order')}<a class="next-door" href="${stage.origins[shop.other.id]}/">${shop.other.name}</a></nav>
<p class="basket" aria-live="polite"><span data-basket>0</span> in your basket</p>
</header>
<main id="main">${main}</main>
<footer class="bottom">
<div><p class="brand">${mark(shop)}<span>${shop.name}</span></p><p>${shop.tagline}.</p></div>
<p>${shop.other.invitation}<br><a href="${stage.origins[shop.other.id]}/">Go to ${shop.other.name}</a></p>
${stage.phones && shop.id === 'shop' && html`<p>By text: ${spaced(shopNumber)}</p>`}
<p>Nothing here is for sale: this shop is invented, and shows the chat window of Parley.</p>
</footer>
<script async src="${stage.loaderUrl}" data-site="${stage.siteKeys[shop.id]}"></script>
</body>
</html>`
}

function mark(shop: Shop): Html {
  return shop.id === 'shop'
    ? html`<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><path d="M2 26 12 8l6 10 4-6 8 14z" fill="currentColor"/></svg>`
    : html`<svg viewBox="0 0 32 32" aria-hidden="true" focusable="false"><path d="M16 28V14M16 18C8 18 5 12 5 6c7 0 11 4 11 12zm0-4c0-7 4-10 11-10 0 7-4 10-11 10z" fill="currentColor" stroke="currentColor" stroke-width="2"/></svg>`
}
