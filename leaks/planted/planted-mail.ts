import type { Planted } from './planted.ts'

const delivery = 'packages/server/src/delivery'
const render = `${delivery}/render-delivery.ts`
const compose = 'packages/channel-email/src/compose/compose-mail.ts'
const others = { is: 'reference: row.reference,', file: render }
const addressOfAnother = `(await reader.selectFrom('address').select('value').where('account_id', '=', row.account_id)
  .where('person_id', '<>', row.person_id).where('medium', '=', 'email').orderBy('value').executeTakeFirst())?.value`

/** What a mail tells besides its words, and to whom it goes. */
export const plantedMail: readonly Planted[] = [
  {
    name: 'what is said reaches who was removed',
    file: 'packages/server/src/road/say.ts',
    is: 'participant.interaction !== placement.interaction || participant.left || participant.person === author)',
    becomes: 'participant.interaction !== placement.interaction || participant.person === author)',
    also: [
      {
        file: 'packages/server/src/road/say.ts',
        is: 'if (maySee(spans, placement.interaction, placement.position)) readers',
        becomes: 'if (participant.left || maySee(spans, placement.interaction, placement.position)) readers',
      },
    ],
    ring: 'roads',
    kinds: ['say'],
    first: 8,
    histories: 10,
  },
  {
    name: 'the return path of a mail tells at which address somebody else is',
    ...others,
    becomes: `reference: row.reference, told: ${addressOfAnother},`,
    also: [
      {
        file: compose,
        is: 'mail: { from: addresses.bounce(delivery.reference),',
        becomes: `mail: { from: \`bounce+\${(delivery.told ?? '').replace('@', '=')}@relay.test\`,`,
      },
    ],
    ring: 'roads',
    histories: 2,
  },
  {
    name: 'the return path of a mail names who writes',
    file: compose,
    is: 'mail: { from: addresses.bounce(delivery.reference),',
    becomes: `mail: { from: \`\${(delivery.relay?.alias ?? 'nobody').replaceAll(' ', '.')}@relay.test\`,`,
    ring: 'roads',
    histories: 2,
  },
  {
    name: 'a mail thread goes on from what was said behind the back of who asks',
    file: render,
    is: `sql<boolean>\`\${threadOf(sql.ref('delivery.relay_id'))} is not distinct from \${threadOf(sql\`\${row.relay_id}::uuid\`)}\``,
    becomes: 'sql<boolean>`true`',
    ring: 'roads',
    kinds: ['say', 'whisper', 'add', 'open-backchannel'],
    first: 6,
    histories: 1,
  },
  {
    name: 'a mail thread goes on from another conversation',
    file: render,
    is: `    .where('conversation_id', '=', row.conversation_id)
    .where('person_id', '=', row.person_id)
    .where('medium', '=', row.medium)`,
    becomes: `    .where('person_id', '=', row.person_id)
    .where('medium', '=', row.medium)`,
    ring: 'roads',
    histories: 2,
  },
  {
    name: 'a mail thread goes on from what went to somebody else',
    file: render,
    is: `    .where('person_id', '=', row.person_id)
    .where('medium', '=', row.medium)
    .where('sequence'`,
    becomes: `    .where('medium', '=', row.medium)
    .where('sequence'`,
    ring: 'roads',
    histories: 2,
  },
  notice(
    'others’ words',
    'message',
    'body',
    `.where('conversation_id', '<>', row.conversation_id).orderBy('message_id', 'desc')`,
  ),
  notice('who else answers', 'responder', 'alias', `.where('person_id', '<>', row.person_id).orderBy('alias')`),
]

/** Notices of what became of a question, or of a place, tell something besides. */
function notice(what: string, table: string, column: string, whose: string): Planted {
  return {
    name: `a notice to somebody outside tells ${what}`,
    file: render,
    is: 'content: { blocks: composed.blocks },',
    becomes: `content: { blocks: ['moved-on', 'question-taken', 'question-withdrawn', 'place-invitation'].includes(row.notice?.template)
      ? [...composed.blocks, { kind: 'note', text: (await reader.selectFrom('${table}').select('${column} as told')
        .where('account_id', '=', row.account_id)${whose}.executeTakeFirst())?.told ?? '' }] : composed.blocks },`,
    ring: 'roads',
    kinds: ['say', 'remove', 'leave', 'invite', 'close'],
    histories: 6,
  }
}
