import { type Encryption, isSealedIn } from '@parley/rules'
import { sealingOf, type Writer } from '../db/index.ts'
import type { DecidedSay, MessageForm } from './say.ts'

/** The words of a message as they are written. */
interface Stored {
  readonly body: string
  readonly full: string | null
  readonly form: object | null
  readonly encryption: Encryption
}

export function isSealed({ say, structure, placements }: DecidedSay): boolean {
  return say.encryption === 'sealed' || placements.some(({ interaction }) => isSealedIn(structure, interaction))
}

/** Sealed before the statement that stores it is made: its words reach neither the tables nor the write-ahead log. */
export async function asStored(tx: Writer, decided: DecidedSay): Promise<Stored> {
  const { body, full, form, say, structure } = decided
  if (!isSealed(decided)) return { body, full, form, encryption: 'none' }
  const { account, values } = sealingOf(tx)
  const seal = (column: string, value: { text: string } | { json: unknown }) =>
    values.seal(account, spokenIn(structure, say), { table: 'message', column, row: decided.id }, value)
  return {
    body: await seal('body', { text: body }),
    full: full === null ? null : await seal('full_text', { text: full }),
    form: form && (await sealForm(form, (json) => seal('form', { json }))),
    encryption: 'sealed',
  }
}

/** Who said elsewhere what was filed, and over what, as it is written. */
export async function filedColumns(
  tx: Writer,
  decided: DecidedSay,
): Promise<{ author_name: string | null; said_over: string | null }> {
  const { name = null, over = null } = decided.say.filed ?? {}
  if (!isSealed(decided)) return { author_name: name, said_over: over }
  const { account, values } = sealingOf(tx)
  const seal = async (column: string, text: string | null) =>
    text &&
    values.seal(
      account,
      spokenIn(decided.structure, decided.say),
      { table: 'message', column, row: decided.id },
      { text },
    )
  return { author_name: await seal('author_name', name), said_over: await seal('said_over', over) }
}

/** Whose words they are; of what was said elsewhere, the one's of ours who said it there. */
const spokenIn = ({ conversation }: DecidedSay['structure'], { person, filed }: DecidedSay['say']) => ({
  conversation,
  by: filed?.person ?? person,
})

/** What sort of form it is, and which one it answers, stays readable: a form is answered once. */
export async function sealForm(form: MessageForm, seal: (json: unknown) => Promise<string>): Promise<object> {
  return form.kind === 'ask'
    ? { ...form, fields: await seal(form.fields) }
    : { ...form, answers: await seal(form.answers) }
}
