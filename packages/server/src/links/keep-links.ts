import {
  type AccountId,
  type LinkId,
  newId,
  type PersonId,
  type SiteId,
  type TeamId,
  type TopicId,
} from '@parley/model'
import type { LinkView } from '@parley/protocol'
import type { Reader, Writer } from '../db/index.ts'
import { chosenCode, randomCode } from './link-code.ts'

export interface NewLink {
  readonly site: string
  readonly name: string
  /** A word of one's own for the address; else a random one. */
  readonly code?: string | undefined
  readonly topic: string | null
  readonly people: readonly string[]
  readonly teams: readonly string[]
  readonly facts: Readonly<Record<string, readonly string[]>>
  readonly uses: number | null
  readonly expiresAt: Date | null
}

export type MakeLink =
  | { ok: true; link: LinkId }
  | { ok: false; refusal: 'link-code-malformed' | 'link-code-taken' | 'unknown-choice' }

/** A new direct link, made by an administrator. */
export async function makeLink(
  tx: Writer,
  account: AccountId,
  by: PersonId,
  wanted: NewLink,
  now: Date,
): Promise<MakeLink> {
  const code = wanted.code ? chosenCode(wanted.code) : randomCode()
  if (!code) return { ok: false, refusal: 'link-code-malformed' }
  if (!(await allThere(tx, account, wanted))) return { ok: false, refusal: 'unknown-choice' }
  const link = newId<LinkId>()
  const made = await tx
    .insertInto('link')
    .values({
      account_id: account,
      link_id: link,
      site_id: wanted.site as SiteId,
      code,
      name: wanted.name,
      topic_id: wanted.topic as TopicId | null,
      people: [...wanted.people] as PersonId[],
      teams: [...wanted.teams] as TeamId[],
      facts: JSON.stringify(wanted.facts),
      uses: wanted.uses,
      created_by: by,
      created_at: now,
      expires_at: wanted.expiresAt,
    })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .executeTakeFirst()
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n ? { ok: true, link } : { ok: false, refusal: 'link-code-taken' }
}

/** Nobody new comes by it from now on; what came by it goes on. */
export async function endLink(tx: Writer, account: AccountId, link: LinkId, now: Date): Promise<boolean> {
  const ended = await tx
    .updateTable('link')
    .set({ expires_at: now })
    .where('account_id', '=', account)
    .where('link_id', '=', link)
    .executeTakeFirst()
  return ended.numUpdatedRows > 0n
}

export async function listLinks(reader: Reader, account: AccountId, publicUrl: string): Promise<LinkView[]> {
  const rows = await reader
    .selectFrom('link')
    .selectAll()
    .where('account_id', '=', account)
    .orderBy('created_at', 'desc')
    .orderBy('link_id')
    .limit(1_000)
    .execute()
  return rows.map((row) => ({
    id: row.link_id,
    site: row.site_id,
    code: row.code,
    url: `${publicUrl}/l/${row.code}`,
    name: row.name,
    topic: row.topic_id,
    people: row.people,
    teams: row.teams,
    facts: row.facts,
    uses: row.uses,
    used: row.used,
    expiresAt: row.expires_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }))
}

/** Everything that the link names is of this account, and the topic of this site. */
async function allThere(tx: Writer, account: AccountId, { site, topic, people, teams }: NewLink): Promise<boolean> {
  const sites = await tx
    .selectFrom('site')
    .select('site_id')
    .where('account_id', '=', account)
    .where('site_id', '=', site as SiteId)
    .execute()
  if (sites.length !== 1) return false
  if (topic) {
    const topics = await tx
      .selectFrom('topic')
      .select('topic_id')
      .where('account_id', '=', account)
      .where('site_id', '=', site as SiteId)
      .where('topic_id', '=', topic as TopicId)
      .execute()
    if (topics.length !== 1) return false
  }
  if (people.length > 0) {
    const found = await tx
      .selectFrom('responder')
      .select('person_id')
      .where('account_id', '=', account)
      .where('person_id', 'in', people as PersonId[])
      .execute()
    if (found.length !== new Set(people).size) return false
  }
  if (teams.length === 0) return true
  const found = await tx
    .selectFrom('team')
    .select('team_id')
    .where('account_id', '=', account)
    .where('team_id', 'in', teams as TeamId[])
    .execute()
  return found.length === new Set(teams).size
}
