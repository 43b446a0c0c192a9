import { castLinks } from '../cast.ts'
import { type Html, html } from '../http/html.ts'
import type { Stage } from '../start-demo.ts'
import type { Order, Product, Shop } from './catalogue.ts'
import { drawing } from './drawings.ts'
import type { Shown } from './shop-layout.ts'

export function homePage(shop: Shop): Shown {
  return {
    title: shop.tagline,
    main: html`
<section class="hero">${drawing(shop.hero)}
<div class="hero-words"><h1>${shop.headline}</h1><p>${shop.lead}</p><p><a class="button" href="/products">${shop.callToAction}</a></p></div></section>
<section class="wide"><div class="row-title"><h2>Carried this season</h2><a href="/products">All products</a></div>
<ul class="products">${shop.products.slice(0, 4).map(tile)}</ul></section>
<section class="promises wide">${shop.promises.map(([title, text]) => html`<div><h3>${title}</h3><p>${text}</p></div>`)}</section>
<section class="ask-band wide"><h2>Not sure? Ask someone who was out there.</h2><p>You need no account and leave no name. Whoever knows best answers, here or wherever you go on.</p><button class="button" type="button" data-ask>Ask a question</button></section>`,
  }
}

export function productsPage(shop: Shop): Shown {
  return {
    title: 'Products',
    main: html`<section class="wide"><h1>Products</h1><ul class="products">${shop.products.map(tile)}</ul></section>`,
  }
}

export function productPage(stage: Stage, shop: Shop, product: Product): Shown {
  const others = shop.products.filter((each) => each !== product).slice(0, 4)
  return {
    title: product.name,
    main: html`
<nav class="crumbs wide" aria-label="You are here"><a href="/products">Products</a> <span aria-hidden="true">/</span> ${product.kind}</nav>
<article class="product wide">
<div class="picture tone-${product.drawing}">${drawing(product.drawing, product.name)}</div>
<div class="words"><h1>${product.name}</h1><p class="line">${product.line}</p><p class="price">${product.euros} €</p><p>${product.story}</p>
<dl>${product.facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<p class="buttons"><button class="button" type="button" data-add="${product.slug}">Put into the basket</button> <button class="button quiet" type="button" data-ask>${product.ask}</button></p>${expert(stage, shop, product)}</div>
</article>
<section class="wide"><h2>Goes well with it</h2><ul class="products">${others.map(tile)}</ul></section>`,
  }
}

/** The thing's own address, for whoever wants the one who knows it best. */
function expert({ people, parleyOrigin }: Stage, shop: Shop, product: Product): Html | null {
  const link = castLinks.find(({ code, site }) => site === shop.id && code === product.slug)
  const knows = people.find(({ id }) => id === link?.person)
  if (!link || !knows) return null
  return html`<p class="line">${knows.alias} has grown things in it for years: <a href="${parleyOrigin}/l/${link.code}" target="_blank" rel="noopener">ask ${knows.alias} alone</a>.</p>`
}

export function helpPage(shop: Shop): Shown {
  return {
    title: 'Help',
    main: html`
<section class="narrow"><h1>Help</h1><p class="lead">Most of what people ask. For the rest there are people.</p>
${shop.questions.map(([question, answer]) => html`<details><summary>${question}</summary><p>${answer}</p></details>`)}
<div class="ask-band"><h2>Something else?</h2><p>Write as you would to a friend who has the same boots. Pictures help.</p><button class="button" type="button" data-ask>Ask a question</button></div></section>`,
  }
}

export function orderPage(shop: Shop, given: string | null): Shown {
  const number = given?.trim().toUpperCase() ?? ''
  const order = shop.orders.find((each) => each.number === number)
  return {
    title: 'My order',
    main: html`
<section class="narrow"><h1>Where is my order?</h1>
<form class="lookup" action="/order"><label for="number">Order number</label><div><input id="number" name="number" value="${number}" placeholder="${shop.orders[0]?.number}" maxlength="20" autocomplete="off" required><button class="button">Look</button></div><p class="hint">Try ${shop.orders.map((each, index) => html`${index > 0 && ' or '}<a href="/order?number=${each.number}">${each.number}</a>`)}.</p></form>
${order && status(order)}
${number !== '' && !order && html`<p class="nothing" role="status">There is no order ${number}. Look at the number in your mail, or ask.</p>`}
<div class="ask-band"><h2>It should be there by now?</h2><p>Ask with the order number, and someone looks where it went.</p><button class="button" type="button" data-ask>Ask about an order</button></div></section>`,
  }
}

function status(order: Order) {
  return html`<section class="order" aria-label="Order ${order.number}"><h2>${order.number}</h2><p>${order.what}</p><ol>${order.steps.map(
    ([step, when], index) =>
      html`<li class="${index < order.reached ? 'done' : 'open'}"><strong>${step}</strong> <span>${when}</span></li>`,
  )}</ol></section>`
}

function tile(product: Product) {
  return html`<li><a class="tile" href="/products/${product.slug}"><span class="picture tone-${product.drawing}">${drawing(product.drawing)}</span><span class="name">${product.name}</span><span class="line">${product.line}</span><span class="price">${product.euros} €</span></a></li>`
}
