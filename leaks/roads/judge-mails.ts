import type { RoadsRun } from './roads-run.ts'

interface Sent {
  readonly reference: string
  readonly person: string | null
  /** What a mail program may show together: what is said before who asks, by its conversation, and each backchannel. */
  readonly of: string
}

/**
 * What a mail tells besides its words: its return path stands for this mail and for nothing else, and a thread holds together mails that
 * came to its reader, and those alone that are of one place.
 */
export async function judgeMails(run: RoadsRun): Promise<void> {
  const mails = run.stage.ear.heard
    .slice(run.firstHeard)
    .flatMap(({ person, road, bytes }) => (road === 'mail' && path.test(bytes) ? [{ person, bytes }] : []))
  const sent = await sentBy(run)
  const home = homes(run)
  const heads = mails.map(({ person, bytes }) => {
    const head = bytes.slice(0, bytes.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ')
    return { person, head, id: idsIn(head, 'message-id')[0] ?? '' }
  })
  // Two may be on their way at once.
  const got = new Set(heads.map(({ person, id }) => `${person} ${id}`))
  for (const { person, head, id } of heads) {
    const [, of = ''] = path.exec(head) ?? []
    if (of !== `bounce+${id}@relay.test`)
      throw new Error(`the return path of a mail to ${person} tells ${of}, not ${id}`)
    const own = sent.get(id)
    // Of what was erased there is nothing left to ask for.
    if (!own) continue
    if (own.person !== null && run.personName(own.person) !== person && run.world.roles.has(own.person))
      throw new Error(`${person} gets a mail that is written for ${run.personName(own.person)}`)
    for (const other of [...idsIn(head, 'in-reply-to'), ...idsIn(head, 'references')]) {
      const earlier = sent.get(other)
      // What was written for them and could not be handed over is theirs, too.
      const isTheirs = earlier !== undefined && earlier.person !== null && run.personName(earlier.person) === person
      if (!isTheirs && !got.has(`${person} ${other}`))
        throw new Error(`a mail to ${person} goes on from ${other}, which never came to them`)
      if (earlier && home(earlier.of) !== home(own.of))
        throw new Error(`a mail program shows ${person} that ${own.of} goes on from ${earlier.of}`)
    }
  }
}

const path = /^MAIL FROM:<([^>]*)>/

/** The references that a header has, of ids that we minted; any other stands as it is. */
function idsIn(head: string, name: string): string[] {
  const [, value = ''] = new RegExp(`^${name}: (.*)$`, 'im').exec(head) ?? []
  return [...value.matchAll(/<([^>]*)>/g)].map(([, id = '']) => id.replace(/@relay\.test$/, ''))
}

async function sentBy({ stage }: RoadsRun): Promise<Map<string, Sent>> {
  const rows = await stage.rows<Sent>(
    `select d.reference, d.person_id as person,
       case when i.kind = 'backchannel' then i.interaction_id::text else coalesce(d.conversation_id::text, 'none') end as of
     from delivery d
     left join place_invitation v on v.account_id = d.account_id and v.invitation_id::text = d.notice->'params'->>'invitation'
     left join interaction i on i.account_id = d.account_id and i.interaction_id = coalesce(d.interaction_id, v.interaction_id)`,
  )
  return new Map(rows.map((row) => [row.reference, row]))
}

/** What was merged, if only for a while, may be one. */
function homes({ log }: RoadsRun): (of: string) => string {
  const into = new Map<string, string>()
  const home = (of: string): string => {
    const other = into.get(of)
    return other === undefined ? of : home(other)
  }
  for (const { command } of log) {
    if (command.op !== 'merge' || home(command.into) === home(command.from)) continue
    into.set(home(command.from), home(command.into))
  }
  return home
}
