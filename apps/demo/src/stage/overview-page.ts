import { type CastMember, castLinks } from '../cast.ts'
import { shopNumber, spaced } from '../cast-phones.ts'
import type { Answer } from '../http/answer.ts'
import { type Html, html } from '../http/html.ts'
import { drawing } from '../shop/drawings.ts'
import type { Stage } from '../start-demo.ts'
import { deskDoor } from './desk-door.ts'
import { firstName } from './first-name.ts'
import { stageLayout } from './stage-layout.ts'

/** What a newcomer sees first: what this is, three doors, and how to use a mail program of their own. */
export function overviewPage(stage: Stage): Answer {
  const responders = stage.people.filter(({ kind }) => kind === 'responder')
  return stageLayout(stage, {
    title: 'Start',
    script: 'overview.ts',
    kind: 'overview',
    body: html`
<main>
<header><p class="mark">Parley <span>demo</span></p>
<h1>A stranger asks. Someone answers. Neither learns who the other is.</h1>
<p class="lead">Everything on this page runs on your machine: an invented shop with the chat window in it, people who can help, their mailboxes, and the desk where they work. You play them all.</p></header>
<ul class="doors">
<li><a class="door" href="${stage.origins.shop}/"><span class="view">${drawing('fjord')}</span><strong>The shop</strong><span>Be the visitor. Ask something in the chat window; leave, come back, go next door.</span></a></li>
<li><a class="door" href="/pocket"><span class="view phones">${phones(responders)}</span><strong>The pocket devices</strong><span>Be everybody: the shop beside the mailboxes of those who answer.</span></a></li>
<li><div class="door"><span class="view deskview">${deskDrawing()}</span><strong>The desk</strong><span>Be a responder at work. Each door signs in once, without a password.</span><span class="persons">${responders.map((person) => deskDoor(person, html`as ${firstName(person)}${person.role && html` (${person.role})`}`))}</span></div></li>
</ul>
<section class="try"><h2>Three minutes</h2><ol>
<li>Open <a href="/pocket">the pocket devices</a> and ask something in the shop’s chat window. Choose a topic.</li>
<li>See the question arrive in the mailboxes. Answer from one of them: the others are told that it is taken.</li>
<li>Read the answer in the window, and look at the mail’s source: whose address stands in it? Only ours.</li>
</ol></section>
<section class="try"><h2>Who is asked, and why</h2><ol>
<li>Ask about tents, and choose Alaska under “Where are you?”: ${alaskan(responders)} is asked too, in the hours of a day in Alaska. From Norway, never.</li>
<li>Follow a direct link of Fjord &amp; Garden: ${castLinks.map((link, index) => html`${index > 0 && ', '}<a href="${stage.parleyOrigin}/l/${link.code}" target="_blank" rel="noopener">${link.name}</a> is answered by ${firstName(memberOf(stage, link.person))}`)}, and nobody else is asked.</li>
${stage.phones && html`<li>Write to the shop’s number, ${spaced(shopNumber)}, from Ana’s phone, and answer from Fay’s: both are among <a href="/pocket">the pocket devices</a>, and neither learns the other’s number.</li>`}
<li>Open the desk as ${firstName(responders.find(({ role }) => role) ?? memberOf(stage, 'bo'))}, who is its administrator: people, links, the concierge’s script, and who would get a question, with the reason for every yes and no. Then <a href="${stage.joinUrl}" target="_blank" rel="noopener">join as somebody new</a>, with the mailbox of the visitor; the administrator says yes.</li>
</ol></section>
<section class="programs"><h2>Use your own mail program</h2>
<p>Each mailbox can be read by POP3 and written from by SMTP, from this machine only, without encryption. User name is the address; the passwords were made for this copy of the demo.</p>
<div class="table"><table><caption class="unseen">Mailboxes</caption><thead><tr><th scope="col">Person</th><th scope="col">Shown to visitors as</th><th scope="col">User name</th><th scope="col">Password</th></tr></thead>
<tbody>${stage.people.map((person) => row(stage, person))}</tbody></table></div>
<dl><div><dt>Reading</dt><dd>POP3 at <code>${stage.mailboxes.pop3.host}</code>, port <code>${stage.mailboxes.pop3.port}</code>, password in plain text</dd></div>
<div><dt>Sending</dt><dd>SMTP at <code>${stage.mailboxes.smtp.host}</code>, port <code>${stage.mailboxes.smtp.port}</code>, same user name and password</dd></div></dl>
<p>With mutt, for ${responders[0] ? firstName(responders[0]) : 'one of them'}:</p>
${responders[0] && mutt(stage, responders[0])}</section>
<footer><p>The other shop of the house: <a href="${stage.origins.garden}/">Fjord &amp; Garden</a>. A conversation goes along when you follow a link between the two.</p></footer>
</main>`,
  })
}

const alaskan = (responders: readonly CastMember[]): string =>
  responders
    .filter(({ regions }) => regions?.includes('Alaska'))
    .map(firstName)
    .join(' and ')

function memberOf({ people }: Stage, id: string): CastMember {
  const found = people.find((person) => person.id === id)
  if (!found) throw new Error(`nobody in the cast is ${id}`)
  return found
}

function row({ mailboxes }: Stage, person: CastMember): Html {
  const password = mailboxes.passwordOf(person.email)
  return html`<tr><th scope="row">${person.name}</th><td>${person.alias}</td><td><code>${person.email}</code></td><td><code>${password}</code> <button type="button" class="copy" data-copy="${password}">Copy<span class="unseen"> the password of ${person.name}</span></button></td></tr>`
}

function mutt({ mailboxes }: Stage, person: CastMember): Html {
  const user = person.email.replace('@', '%40')
  const password = mailboxes.passwordOf(person.email)
  const lines = [
    `set folder = ~/parley-demo`,
    `set spoolfile = pop://${user}:${password}@${mailboxes.pop3.host}:${mailboxes.pop3.port}/`,
    `set smtp_url = smtp://${user}:${password}@${mailboxes.smtp.host}:${mailboxes.smtp.port}/`,
    `set from = "${person.email}"; set realname = "${person.name}"; set use_from = yes`,
    `set ssl_starttls = no; set ssl_force_tls = no; set pop_delete = no; set smtp_authenticators = "plain"`,
  ]
  return html`<pre tabindex="0" aria-label="Settings for mutt">${lines.join('\n')}</pre>`
}

function phones(people: readonly CastMember[]): Html {
  return {
    markup: `<svg viewBox="0 0 360 200" aria-hidden="true" focusable="false">${people
      .slice(0, 3)
      .map((_, index) => {
        const x = 48 + index * 96
        const y = 26 + (index % 2) * 16
        const fill = ['#d9683a', '#3f7186', '#8a5ea3'][index]
        return `<rect x="${x}" y="${y}" width="76" height="150" rx="14" fill="#22302b"/><rect x="${x + 5}" y="${y + 8}" width="66" height="134" rx="9" fill="#fdf9f0"/><circle cx="${x + 20}" cy="${y + 26}" r="8" fill="${fill}"/><rect x="${x + 33}" y="${y + 21}" width="30" height="5" rx="2" fill="#b9c2b8"/><rect x="${x + 12}" y="${y + 46}" width="52" height="22" rx="6" fill="#e3e9df"/><rect x="${x + 12}" y="${y + 74}" width="52" height="22" rx="6" fill="${fill}" opacity=".28"/><rect x="${x + 12}" y="${y + 102}" width="52" height="22" rx="6" fill="#e3e9df"/>`
      })
      .join('')}</svg>`,
  }
}

function deskDrawing(): Html {
  return {
    markup: `<svg viewBox="0 0 360 200" aria-hidden="true" focusable="false"><rect x="52" y="28" width="256" height="140" rx="10" fill="#22302b"/><rect x="60" y="36" width="240" height="124" rx="5" fill="#fdf9f0"/><rect x="60" y="36" width="66" height="124" fill="#d9e3da"/><g fill="#9fb3a6"><rect x="70" y="50" width="44" height="7" rx="3"/><rect x="70" y="68" width="36" height="7" rx="3"/><rect x="70" y="86" width="44" height="7" rx="3"/></g><rect x="140" y="50" width="96" height="22" rx="7" fill="#e3e9df"/><rect x="182" y="80" width="104" height="30" rx="7" fill="#23584b"/><rect x="140" y="118" width="80" height="22" rx="7" fill="#e3e9df"/><path d="M30 176h300" stroke="#8a5c37" stroke-width="9" stroke-linecap="round"/><rect x="150" y="168" width="60" height="6" fill="#22302b"/></svg>`,
  }
}
