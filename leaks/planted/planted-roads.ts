import type { Planted } from './planted.ts'

const server = 'packages/server/src'
const delivery = `${server}/delivery`

/** The newest of what was said in other conversations. */
const newestElsewhere = `(await reader.selectFrom('message').select('body').where('account_id', '=', row.account_id)
  .where('conversation_id', '<>', row.conversation_id).orderBy('message_id', 'desc').executeTakeFirst())`
/** Of the first of the others. */
const ofAnother = (table: string, column: string) => `(await reader.selectFrom('${table}').select('${column} as body')
  .where('account_id', '=', row.account_id).where('person_id', '<>', row.person_id).orderBy('${column}').executeTakeFirst())`

/** Each medium tells its reader something that is none of theirs. */
export const plantedRoads: readonly Planted[] = [
  leakOver('sms', 'words', `facts.to.startsWith('+')`),
  leakOver('sip', 'words', `facts.to.startsWith('sip:')`),
  leakOver('xmpp', 'words', `facts.to.endsWith('@jabber.test')`),
  leakOver('webhook', 'words', `facts.to.includes('#program=')`),
  leakOver('mail', 'words', `facts.to === 'bo@people.test'`),
  leakOver('sms', 'alias', `facts.to.startsWith('+')`),
  leakOver('webhook', 'address', `facts.to.includes('#program=')`),
  {
    name: 'a push shows the newest words there are',
    file: `${delivery}/render-nudge.ts`,
    is: 'text: withChoices(message.body,',
    becomes: `text: ${newestElsewhere}?.body ?? withChoices(message.body,`,
    ring: 'roads',
    histories: 9,
  },
  {
    name: 'whom the house looks for is shown what others said',
    file: 'packages/server/src/hunting/read-request.ts',
    is: `and m.person_id = \${askerOn(structure, ticket)} and m.kind <> 'answer'`,
    becomes: `and m.kind <> 'answer'`,
    kinds: ['say', 'transfer'],
    ring: 'roads',
    histories: 4,
  },
  {
    name: 'how far an observer has read is told',
    file: `${server}/realtime/passing.ts`,
    is: `if (place.role === 'observer' && person !== place.person && !isObserver(structure, person, interaction)) continue`,
    becomes: '',
    ring: 'roads',
    kinds: ['say', 'observe'],
    histories: 6,
  },
  {
    name: 'how far an observer has read is shown as how far another has',
    file: `${server}/conversations/view.ts`,
    is: '...watermark(furthest(participant, facts), ranges, last)',
    becomes: `...watermark(furthest({ behind: structure.participants.flatMap((one) =>
          one.interaction === place.id && (one.id === participant.id || one.role === 'observer') ? [one.id] : []) }, facts), ranges, last)`,
    ring: 'roads',
    kinds: ['say', 'observe'],
    histories: 6,
  },
  {
    name: 'an observer is heard typing',
    file: `${server}/realtime/passing.ts`,
    is: `place.person === person && place.role !== 'observer')`,
    becomes: 'place.person === person)',
    also: [
      {
        file: `${server}/realtime/session.ts`,
        is: `p.person === this.person && !p.left && p.role !== 'observer')`,
        becomes: 'p.person === this.person && !p.left)',
      },
    ],
    ring: 'roads',
    kinds: ['observe'],
    histories: 1,
  },
  {
    name: 'a link opens what who asks may read',
    file: `${delivery}/re-read-links.ts`,
    is: 'd.person_id as person, d.conversation_id as conversation',
    becomes:
      '(select c.visitor_id from conversation c where c.conversation_id = d.conversation_id) as person, d.conversation_id as conversation',
    ring: 'roads',
    first: 2,
    histories: 1,
  },
  {
    name: 'what goes to others is listed with what goes to oneself',
    file: `${server}/http/desk/list-deliveries.ts`,
    is: `and (d.person_id = \${holder.person} or (m.person_id = \${holder.person} and \${isSeen(holder)}))`,
    becomes: '',
    ring: 'roads',
    histories: 4,
  },
  {
    name: 'who brings the session of another polls by their connection',
    file: 'packages/channel-web/src/poll-door.ts',
    is: 'if (!known || !timingSafeEqual(known.tokenHash, hashOf(bearer(request)))) {',
    becomes: 'if (!known) {',
    ring: 'roads',
    kinds: ['say'],
    histories: 4,
  },
]

/** What goes over one medium, to addresses for which this holds, tells besides what is none of the reader's. */
function leakOver(road: string, what: 'words' | 'alias' | 'address', holds: string): Planted {
  const told = {
    words: newestElsewhere,
    alias: ofAnother('responder', 'alias'),
    address: ofAnother('address', 'value'),
  }
  return {
    name: `over ${road} others’ ${what} are told`,
    file: `${delivery}/render-delivery.ts`,
    is: 'content: { blocks: composed.blocks },',
    becomes: `content: { blocks: ${holds} ? [...composed.blocks, { kind: 'note', text: ${told[what]}?.body ?? '' }] : composed.blocks },`,
    ring: 'roads',
    histories: 6,
  }
}
