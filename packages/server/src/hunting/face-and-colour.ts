import type { PersonId } from '@parley/model'
import { chooseAlias } from '@parley/rules'
import { hashOf, type Writer } from '../db/index.ts'
import type { Structure } from '../road/index.ts'
import { word } from '../words/index.ts'

/** Colours in the window's palette. */
const colours = 8

/**
 * What a responder is called in a conversation, and their colour there: unlike those of the others who answer. `isBehind`: in a backchannel of it.
 * Who stands before the asker is called as if there were none: neither a number nor a colour left out tells of it. Nor does a colour tell who
 * sees one alone how many others there are: where each begins to look for theirs is drawn, and nobody can draw it again.
 */
export async function faceAndColour(
  tx: Writer,
  structure: Structure,
  person: PersonId,
  { isBehind = false }: { isBehind?: boolean } = {},
): Promise<{ alias: string; colour: number }> {
  const { account, policy } = structure
  const others = structure.participants.filter(
    ({ role, person: who, interaction }) =>
      (role === 'responder' || role === 'virtual') &&
      who !== person &&
      (isBehind || structure.interactions.get(interaction)?.kind !== 'backchannel'),
  )
  const chosen = await tx
    .selectFrom('responder')
    .innerJoin('person', (join) =>
      join
        .onRef('person.account_id', '=', 'responder.account_id')
        .onRef('person.person_id', '=', 'responder.person_id'),
    )
    .select(['responder.alias', 'person.name'])
    .where('responder.account_id', '=', account)
    .where('responder.person_id', '=', person)
    .executeTakeFirstOrThrow()
  const own = policy.named.responder && chosen.name ? chosen.name : chosen.alias
  const { name: alias } = chooseAlias(
    person,
    { kind: 'own', alias: own, word: word(structure.language, 'responder') },
    others.map((other) => ({ name: other.alias, colour: { name: '', onLight: '', onDark: '' } })),
  )
  const used = new Set(others.map(({ colour }) => colour))
  const first = drawn(tx, `${structure.conversation} ${person}`)
  const inOrder = Array.from({ length: colours }, (_, step) => (first + step) % colours)
  return { alias, colour: inOrder.find((colour) => !used.has(colour)) ?? first }
}

function drawn(tx: Writer, of: string): number {
  const hash = hashOf(tx, Buffer.from(`colour ${of}`)) ?? of
  return Buffer.from(hash).reduce((sum, byte) => sum + byte, 0) % colours
}
