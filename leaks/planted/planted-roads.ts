import type { Planted } from './planted.ts'

const delivery = 'packages/server/src/delivery'

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
    ring: 'roads',
    first: 5,
    histories: 6,
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
