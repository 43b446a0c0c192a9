import { type AccountId, newId, type PersonId, type ScriptId } from '@parley/model'
import { checkScript, type Script, type ScriptChoosing, type ScriptProblem } from '@parley/rules'
import { sql } from 'kysely'
import type { Reader, Writer } from '../db/index.ts'
import { addPerson } from '../people/index.ts'

/** A script as it stands, with the newest version's steps. */
export interface StoredScript {
  readonly id: ScriptId
  readonly name: string
  readonly isOn: boolean
  readonly version: number
  readonly chosenBy: ScriptChoosing
  readonly script: Script
  readonly savedAt: Date
  /** Conversations of the last 30 days. */
  readonly runs: number
}

/** In the order in which they are tried. */
export async function listScripts(reader: Reader, account: AccountId, now: Date): Promise<StoredScript[]> {
  const { rows } = await sql<StoredScript>`
    select s.script_id as id, s.name, s.is_on as "isOn", s.version, s.chosen_by as "chosenBy", v.script, v.saved_at as "savedAt",
      (select count(*)::int from concierge_run r where r.account_id = s.account_id and r.script_id = s.script_id
        and r.began_at > ${new Date(now.getTime() - 30 * 86_400_000)}) as runs
    from script s join script_version v on v.account_id = s.account_id and v.script_id = s.script_id and v.version = s.version
    where s.account_id = ${account} order by s.position, s.script_id`.execute(reader)
  return rows
}

export interface StoredVersion {
  readonly version: number
  readonly savedAt: Date
  readonly savedBy: string | null
}

/** Newest first; at most a hundred. */
export async function listVersions(reader: Reader, account: AccountId, script: ScriptId): Promise<StoredVersion[]> {
  const { rows } = await sql<StoredVersion>`
    select v.version, v.saved_at as "savedAt", p.name as "savedBy"
    from script_version v left join person p on p.account_id = v.account_id and p.person_id = v.saved_by
    where v.account_id = ${account} and v.script_id = ${script} order by v.version desc limit 100`.execute(reader)
  return rows
}

export async function newestVersion(reader: Reader, account: AccountId, script: ScriptId): Promise<number | null> {
  const row = await reader
    .selectFrom('script')
    .select('version')
    .where('account_id', '=', account)
    .where('script_id', '=', script)
    .executeTakeFirst()
  return row?.version ?? null
}

export async function readVersion(
  reader: Reader,
  account: AccountId,
  script: ScriptId,
  version: number,
): Promise<Script | null> {
  const row = await reader
    .selectFrom('script_version')
    .select('script')
    .where('account_id', '=', account)
    .where('script_id', '=', script)
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.script ?? null
}

export type SavedScript =
  | { ok: true; id: ScriptId }
  | { ok: false; refusal: 'script-refused'; problems: readonly ScriptProblem[] }
  | { ok: false; refusal: 'not-there' | 'changed-meanwhile' | 'too-many' }

/** More than anybody can keep in an order. */
const mostScripts = 200

/** A new script, switched off, after all others. */
export async function addScript(
  tx: Writer,
  wanted: { account: AccountId; by: PersonId; name: string; chosenBy: ScriptChoosing; script: unknown },
  now: Date,
): Promise<SavedScript> {
  const checked = checkScript(wanted.script)
  if (!checked.ok) return { ok: false, refusal: 'script-refused', problems: checked.problems }
  const { account } = wanted
  const { count } = await tx
    .selectFrom('script')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  if (Number(count) >= mostScripts) return { ok: false, refusal: 'too-many' }
  const id = newId<ScriptId>()
  // It takes part by the same rules as a person, and so it is one. Nothing it is called is anybody's identity.
  const person = await addPerson(tx, { account, kind: 'virtual', language: checked.script.language }, now)
  await tx
    .insertInto('script')
    .values({
      account_id: account,
      script_id: id,
      person_id: person,
      name: wanted.name,
      position: Number(count),
      chosen_by: JSON.stringify(wanted.chosenBy),
      version: 1,
      created_at: now,
    })
    .execute()
  await writeVersion(tx, { account, id, version: 1, by: wanted.by, script: checked.script }, now)
  return { ok: true, id }
}

/** Saved as a new version, unless nothing of it is new. Conversations under way keep the version that they began with. */
export async function saveScript(
  tx: Writer,
  wanted: {
    account: AccountId
    by: PersonId
    id: ScriptId
    name: string
    chosenBy: ScriptChoosing | undefined
    script: unknown
    basedOn: number | undefined
  },
  now: Date,
): Promise<SavedScript> {
  const checked = checkScript(wanted.script)
  if (!checked.ok) return { ok: false, refusal: 'script-refused', problems: checked.problems }
  const { account, id } = wanted
  const row = await tx
    .selectFrom('script')
    .select('version')
    .where('account_id', '=', account)
    .where('script_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return { ok: false, refusal: 'not-there' }
  if (wanted.basedOn !== undefined && wanted.basedOn !== row.version) return { ok: false, refusal: 'changed-meanwhile' }
  const { rows } = await sql<{ same: boolean }>`
    select script = ${JSON.stringify(checked.script)}::jsonb as same from script_version
    where account_id = ${account} and script_id = ${id} and version = ${row.version}`.execute(tx)
  const version = rows[0]?.same ? row.version : row.version + 1
  if (version !== row.version) {
    await writeVersion(tx, { account, id, version, by: wanted.by, script: checked.script }, now)
  }
  await tx
    .updateTable('script')
    .set({
      name: wanted.name,
      version,
      ...(wanted.chosenBy === undefined ? {} : { chosen_by: JSON.stringify(wanted.chosenBy) }),
    })
    .where('account_id', '=', account)
    .where('script_id', '=', id)
    .execute()
  return { ok: true, id }
}

/** Its name, whether it is on, for whom it is: what needs no version. */
export async function changeScript(
  tx: Writer,
  wanted: { account: AccountId; id: ScriptId; name?: string; isOn?: boolean; chosenBy?: ScriptChoosing },
): Promise<boolean> {
  const { name, isOn, chosenBy } = wanted
  const changed = await tx
    .updateTable('script')
    .set({
      ...(name === undefined ? {} : { name }),
      ...(isOn === undefined ? {} : { is_on: isOn }),
      ...(chosenBy === undefined ? {} : { chosen_by: JSON.stringify(chosenBy) }),
      script_id: wanted.id,
    })
    .where('account_id', '=', wanted.account)
    .where('script_id', '=', wanted.id)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

/** False when these are not all of the account's scripts, each once: then nothing is changed. */
export async function orderScripts(tx: Writer, account: AccountId, ids: readonly ScriptId[]): Promise<boolean> {
  const own = await tx.selectFrom('script').select('script_id').where('account_id', '=', account).forUpdate().execute()
  const wanted = new Set(ids)
  if (wanted.size !== ids.length || own.length !== ids.length) return false
  if (!own.every(({ script_id }) => wanted.has(script_id))) return false
  for (const [position, id] of ids.entries()) {
    await tx
      .updateTable('script')
      .set({ position })
      .where('account_id', '=', account)
      .where('script_id', '=', id)
      .execute()
  }
  return true
}

async function writeVersion(
  tx: Writer,
  {
    account,
    id,
    version,
    by,
    script,
  }: { account: AccountId; id: ScriptId; version: number; by: PersonId; script: Script },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('script_version')
    .values({
      account_id: account,
      script_id: id,
      version,
      script: JSON.stringify(script),
      saved_by: by,
      saved_at: now,
    })
    .execute()
}
