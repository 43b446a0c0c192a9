import type { CastMember } from '../cast.ts'
import { isMessenger, shopJid } from '../cast-messengers.ts'
import { type CastPhone, shopNumber, spaced } from '../cast-phones.ts'
import type { Answer } from '../http/answer.ts'
import { type Html, html } from '../http/html.ts'
import type { Stage } from '../start-demo.ts'
import { deskDoor } from './desk-door.ts'
import { firstName } from './first-name.ts'
import { stageLayout } from './stage-layout.ts'

/** The shop and everybody's mailbox on one screen. */
export function pocketPage(stage: Stage): Answer {
  const phones = stage.phones?.people ?? []
  return stageLayout(stage, {
    title: 'Pocket devices',
    script: 'pocket.ts',
    kind: 'pocket',
    body: html`
<header class="bar"><h1><a href="/">Parley <span>demo</span></a></h1><p>You are everyone: the visitor on the left, and those who answer.</p></header>
<nav class="switch" aria-label="Show"><button type="button" data-show="shop" aria-pressed="true">Shop</button>${stage.people.map(
      (person) =>
        html`<button type="button" data-show="${person.id}" aria-pressed="false">${firstName(person)}<span class="count" data-count="${person.id}"></span></button>`,
    )}${phones.map(
      (phone) =>
        html`<button type="button" data-show="${phone.id}" aria-pressed="false">${firstName(phone)}’s ${isMessenger(phone) ? 'messenger' : 'phone'}<span class="count" data-count="${phone.id}"></span></button>`,
    )}</nav>
<main>
<section class="shop" id="shop" aria-label="The visitor’s browser">
<div class="address"><span class="dots" aria-hidden="true"></span><div class="sites"><button type="button" data-site="${stage.origins.shop}/" aria-pressed="true">Fjord &amp; Field</button><button type="button" data-site="${stage.origins.garden}/" aria-pressed="false">Fjord &amp; Garden</button></div><a href="${stage.origins.shop}/" target="_blank" rel="noopener" class="apart" data-apart>Open in a tab</a></div>
<iframe title="The shop" src="${stage.origins.shop}/" allow="clipboard-write"></iframe>
</section>
<div class="devices">${stage.people.map(device)}${phones.map(phoneDevice)}</div>
</main>
<p class="unseen" role="status" data-status></p>`,
  })
}

function device(person: CastMember): Html {
  return html`<section class="device" id="${person.id}" data-person="${person.id}" data-name="${person.name}" aria-label="Mailbox of ${person.name}">
<header><span class="face" aria-hidden="true">${person.name.slice(0, 1)}</span><div><h2>${person.name}</h2><p>${person.kind === 'responder' ? html`Visitors see <b>${person.alias}</b>` : 'A visitor’s own mailbox'} · ${person.email}</p></div>${person.kind === 'responder' && deskDoor(person, html`Desk`)}</header>
<div class="screen" data-screen><p class="empty">Looking…</p></div>
</section>`
}

function phoneDevice(phone: CastPhone): Html {
  return html`<section class="device phone" id="${phone.id}" data-phone="${phone.id}" data-name="${phone.name}" data-shop="${isMessenger(phone) ? shopJid : shopNumber}" aria-label="${isMessenger(phone) ? 'Messenger' : 'Phone'} of ${phone.name}">
<header><span class="face" aria-hidden="true">${phone.name.slice(0, 1)}</span><div><h2>${phone.name}</h2><p>${phone.alias ? html`Visitors see <b>${phone.alias}</b>` : `A visitor’s own ${isMessenger(phone) ? 'messenger' : 'phone'}`} · <span class="number">${spaced(phone.number)}</span></p></div></header>
<div class="screen" data-screen><p class="empty">Looking…</p></div>
</section>`
}
