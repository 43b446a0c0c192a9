import type { InteractionId } from '@parley/model'
import type { FieldsView } from '@parley/protocol'
import { categoriesThatCount, watches } from '@parley/rules'
import type { z } from 'zod'
import type { Reader } from '../../db/index.ts'
import { loadStructures, type Structure } from '../../road/index.ts'
import { conversationsOf } from '../find-things.ts'
import { type Actor, type Refusal, refused } from '../operation.ts'
import { asInOne, mayDoTo } from '../standing.ts'
import { meant, thing } from '../things.ts'
import { chosenCategories, listsAround, readFields } from './read-fields.ts'

/** What stands beside something, for those who may change it. */
export async function showFields(
  db: Reader,
  actor: Pick<Actor, 'account' | 'person' | 'role'>,
  about: unknown,
): Promise<{ readonly ok: true; readonly fields: FieldsView } | Refusal> {
  const what = thing.safeParse(about)
  if (!what.success) return refused('malformed-request')
  const [conversation] = (await conversationsOf(db, actor, [what.data])) ?? []
  const structure = conversation && (await loadStructures(db, actor.account, [conversation])).get(conversation)
  if (!structure) return refused('not-there')
  const of = meant(structure, what.data)
  const verdict = mayDoTo(structure, asInOne(structure, actor), 'edit-fields', of)
  if (!verdict.ok) return verdict
  const fields = await readFields(db, actor.account, of)
  if (!fields) return refused('not-there')
  const lists = [fields.categories, ...(await listsAround(db, structure, of))]
  const choices = categoriesThatCount(lists, await chosenCategories(db, actor.account))
  return {
    ok: true,
    fields: {
      ...fields,
      tags: [...fields.tags],
      metadata: withoutBeginning(fields.metadata),
      categories: fields.categories === null ? null : [...fields.categories],
      choices: [...choices],
      ...(watches(actor) ? { faces: facesIn(structure, what.data) } : {}),
    },
  }
}

function facesIn({ participants, interactions }: Structure, what: z.infer<typeof thing>): Record<string, string> {
  const isInside = (id: InteractionId) =>
    'conversation' in what ||
    ('ticket' in what ? interactions.get(id)?.ticket === what.ticket : id === what.interaction)
  const behind = participants.flatMap(({ id, interaction, face, left }) =>
    face === null || left || !isInside(interaction) ? [] : [[id, face] as const],
  )
  return Object.fromEntries(behind)
}

/** What a page or a visitor told in the beginning is for finding people, and stands elsewhere. */
function withoutBeginning({ page, context, fields, beganOver, ...own }: Readonly<Record<string, unknown>>) {
  return own
}
