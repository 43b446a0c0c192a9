import type { CastMember } from '../cast.ts'
import { type Html, html } from '../http/html.ts'

/** A button that opens the desk as this person in a tab of its own. The link is made at the click: it serves once. */
export function deskDoor(person: CastMember, label: Html): Html {
  return html`<form method="post" action="/pocket/${person.id}/desk" target="_blank" rel="noopener"><button type="submit" class="desk">${label}<span class="unseen"> at the desk, in a new tab</span></button></form>`
}
