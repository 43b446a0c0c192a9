import type { Planted } from './planted.ts'

const server = 'packages/server/src'
const reading = { ring: 'readers', histories: 40 } as const

/** What readers could tell: names, fields, numbers, what a search finds, work and bytes that betray, and what was erased. */
export const plantedReaders: readonly Planted[] = [
  {
    name: 'who talks behind the asker’s back is named before the asker',
    file: `${server}/conversations/who-is-seen.ts`,
    is: '(place) => place.interaction === interaction)',
    becomes:
      '(place) => place.interaction === interaction || structure.interactions.get(place.interaction)?.parent === interaction)',
    ...reading,
    kinds: ['open-backchannel', 'whisper', 'say'],
  },
  {
    name: 'what the house calls it is told to everybody',
    file: 'packages/rules/src/structure/shown-fields.ts',
    is: 'return new Set(role === null ? policy.visitor : policy.responder)',
    becomes: 'return new Set([...policy.visitor, ...houseFields])',
    ...reading,
    kinds: ['set-fields', 'say'],
  },
  {
    name: 'what a link leads to is looked for where it is not theirs to know',
    file: `${server}/conversations/read-links.ts`,
    is: "(linked.of = 'conversation' or (linked.of = 'ticket' and i.ticket_id = linked.ticket) or i.interaction_id = linked.id)",
    becomes: 'true',
    also: [
      {
        file: `${server}/conversations/read-links.ts`,
        is: 'return person === null || mayRead(spansOf(structure, person), id).length > 0',
        becomes: 'return id.length > 0',
      },
    ],
    first: 60,
    ...reading,
    kinds: ['link', 'open-backchannel'],
  },
  {
    name: 'who comes after one has gone is shown',
    file: `${server}/conversations/who-is-seen.ts`,
    is: 'if (Date.parse(place.joinedAt) > ended) return []',
    becomes: '',
    ...reading,
    kinds: ['leave', 'remove', 'add'],
  },
  {
    name: 'who goes after one has gone is shown to go',
    file: `${server}/conversations/who-is-seen.ts`,
    is: 'Date.parse(place.leftAt) > ended',
    becomes: 'Date.parse(place.leftAt) < ended',
    ...reading,
    kinds: ['leave', 'remove', 'add'],
  },
  {
    name: 'a search finds what is said where one is not, through two walls',
    file: `${server}/search/readable-ranges.ts`,
    is: `    .where('span.person_id', '=', wanted.person)\n`,
    becomes: '',
    also: [
      {
        file: `${server}/search/search-messages.ts`,
        is: 'if (n === null) return []',
        becomes: 'if (n === null && structure === undefined) return []',
      },
      {
        file: `${server}/search/search-messages.ts`,
        is: 'interaction: row.interaction, n, message',
        becomes: 'interaction: row.interaction, n: n ?? 1, message',
      },
    ],
    ...reading,
    kinds: ['say', 'whisper', 'open-backchannel'],
  },
  {
    name: 'the version of what is hidden stands in a view',
    file: `${server}/conversations/view.ts`,
    is: 'createdAt: structure.createdAt.toISOString(),',
    becomes: 'createdAt: new Date(structure.createdAt.getTime() + structure.version).toISOString(),',
    ...reading,
    kinds: ['open-backchannel', 'add', 'leave', 'whisper'],
  },
  {
    name: 'what is hidden costs its reader a question more',
    file: `${server}/conversations/view.ts`,
    is: '  const wanted = structures.flatMap((structure) => structure.tickets.flatMap(({ topic }) => topic ?? []))\n',
    becomes: `  const wanted = structures.flatMap((structure) => structure.tickets.flatMap(({ topic }) => topic ?? []))
  for (const { interactions } of structures) for (const _ of interactions) await sql\`select 1\`.execute(db)\n`,
    ...reading,
    kinds: ['open-backchannel', 'whisper', 'add'],
  },
  {
    name: 'the times of a list tell of what is hidden',
    file: `${server}/conversations/view.ts`,
    is: 'joinedAt: new Date(participant.joinedAt).toISOString(),',
    becomes: 'joinedAt: new Date(Date.parse(participant.joinedAt) + structure.participants.length).toISOString(),',
    ...reading,
    kinds: ['open-backchannel', 'whisper', 'add'],
  },
  {
    name: 'a refusal says in other words that an invitation is there, through two walls',
    file: `${server}/operations/backchannels/answer-invitation.ts`,
    is: 'found?.person === person ?',
    becomes: 'found ?',
    also: [
      {
        file: `${server}/operations/backchannels/answer-invitation.ts`,
        is: `|| invitation.person !== actor.person) return refused('not-there')`,
        becomes: `) return refused('not-there')\n    if (invitation.person !== actor.person) return refused('wrong-state')`,
      },
    ],
    ...reading,
    kinds: ['invite', 'answer-invitation'],
  },
  {
    name: 'words of somebody who was erased stay readable',
    file: `${server}/operations/sealing/erase-person-rows.ts`,
    is: '{erasedText}, full_text = null',
    becomes: '{sql`body`}, full_text = null',
    ...reading,
    kinds: ['say', 'erase-person'],
  },
  {
    name: 'a conversation that was erased stays readable',
    file: `${server}/operations/sealing/erase-rows.ts`,
    is: '].map((table) => sql`delete from',
    becomes: '].filter((table) => table === `event`).map((table) => sql`delete from',
    ...reading,
    kinds: ['say', 'erase'],
  },
  {
    name: 'who asks is shown the folder that the house keeps it in',
    file: `${server}/conversations/house-fields.ts`,
    is: "fields.has('folder') && structure.house.folder !== null",
    becomes: 'structure.house.folder !== null',
    ...reading,
    kinds: ['set-fields', 'say'],
  },
  {
    name: 'who stands behind a face is named before it',
    file: `${server}/conversations/view.ts`,
    is: 'if (face !== null && isMaskedFrom(structure, participant, reader)) return faceName(',
    becomes: 'if (face === reader) return faceName(',
    ...reading,
    kinds: ['rename', 'say'],
  },
  {
    name: 'what is said to be sealed lies open, and is found',
    file: `${server}/road/seal-say.ts`,
    is: "return say.encryption === 'sealed' || placements",
    becomes: 'return placements',
    ...reading,
    kinds: ['say'],
  },
  {
    name: 'what was sealed is found by a search, through two walls',
    file: `${server}/operations/sealing/seal-rows.ts`,
    is: '  await sealMessages(scope)\n',
    becomes: '',
    also: [
      {
        file: `${server}/search/search-messages.ts`,
        is: "where 'sealed' not in (m.encryption, i.encryption, t.encryption, c.encryption)",
        becomes: 'where true',
      },
    ],
    ...reading,
    kinds: ['seal', 'say'],
  },
  {
    name: 'what was merged into something sealed is open when that is undone',
    file: 'packages/rules/src/structure/stay-sealed.ts',
    is: "if (from?.encryption === 'sealed' && to",
    becomes: "if (from?.encryption === 'none' && to",
    ...reading,
    kinds: ['seal', 'merge', 'undo'],
  },
  {
    name: 'somebody of the house who was erased is named where they spoke',
    file: `${server}/operations/sealing/erase-person-rows.ts`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it stands so in the product.
    is: 'update participant set alias = ${nobody}, medium',
    becomes: 'update participant set medium',
    ...reading,
    kinds: ['say', 'erase-person', 'add'],
  },
]
