import type { PersonId } from '@parley/model'
import { chooseAlias } from '@parley/rules'
import type { Writer } from '../db/index.ts'
import type { Structure } from '../road/index.ts'
import { word } from '../words/index.ts'

/** Colours in the window's palette. */
const colours = 8

/**
 * What a responder is called in a conversation, and their colour there: unlike those of the others who answer. `isBehind`: in a backchannel of it.
 * Who stands before the asker is called as if there were none: neither a number nor a colour left out tells of it.
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
  const free = Array.from({ length: colours }, (_, colour) => colour).find((colour) => !used.has(colour))
  return { alias, colour: free ?? others.length % colours }
}
