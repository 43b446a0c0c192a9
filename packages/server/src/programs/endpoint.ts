import { type AccountId, type AddressId, hours, newId, type PersonId } from '@parley/model'
import type { ProgramEndpointView } from '@parley/protocol'
import { sql } from 'kysely'
import type { Database, Reader, Tables, Writer } from '../db/index.ts'
import { type EndpointAddress, urlOf, writeEndpoint } from './endpoint-address.ts'
import { isInside, type ProgramParts, pingEndpoint } from './ping-endpoint.ts'

/** So long after a new secret the old one signs besides. */
const oldSecretMs = hours(24)

interface Signs {
  readonly secretNumber: number
  readonly oldSecretUntil: Date | null
}

interface Known extends Signs {
  readonly value: string | null
  readonly address: AddressId | null
  readonly state: Tables['address']['state'] | null
  readonly failing: string | null
}

interface Of {
  readonly account: AccountId
  readonly program: PersonId
}

export type SetEndpoint =
  | { ok: true; endpoint: ProgramEndpointView }
  | { ok: false; refusal: 'not-there' | 'bad-endpoint' }
  /** `because`: what came of the ping. Nothing was changed. */
  | { ok: false; refusal: 'endpoint-not-proven'; because: string }

/**
 * Where what is for a program goes. It is pinged first: the first endpoint of a program is kept either way, for its owner to see what is
 * wrong, and gets nothing until a ping is answered; another one replaces it only when it answers.
 */
export async function setEndpoint(
  { db, programs, now }: { db: Database; programs: ProgramParts; now: () => Date },
  of: Of,
  url: string,
): Promise<SetEndpoint> {
  if (!isEndpointUrl(url, programs.allow)) return { ok: false, refusal: 'bad-endpoint' }
  const known = await db.read(of.account, (reader) => readKnown(reader, of))
  if (!known) return { ok: false, refusal: 'not-there' }
  const pinged = await pingEndpoint(programs, { url, secrets: secretsOf(programs, of, known, now()), now: now() })
  const isOther = known.value !== null && urlOf(known.value) !== url
  if (!pinged.ok && (isOther || known.state === 'proven')) {
    return { ok: false, refusal: 'endpoint-not-proven', because: pinged.because }
  }
  const state = pinged.ok ? 'proven' : 'unproven'
  const failing = pinged.ok ? null : pinged.because
  return db.write(of.account, async (tx) => {
    const again = await lockProgram(tx, of)
    if (!again) return { ok: false, refusal: 'not-there' }
    await keepAddress(tx, of, { ...again, url, outside: null }, { person: of.program, state, failing }, now())
    await rewriteOutside(tx, of, { ...again, url }, state, failing)
    return { ok: true, endpoint: { url, state, failing, oldSecretUntil: again.oldSecretUntil?.toISOString() ?? null } }
  })
}

export async function readEndpoint(reader: Reader, of: Of): Promise<ProgramEndpointView | null> {
  const known = await readKnown(reader, of)
  if (!known?.value || !known.state) return null
  return {
    url: urlOf(known.value),
    state: known.state,
    failing: known.failing,
    oldSecretUntil: known.oldSecretUntil?.toISOString() ?? null,
  }
}

/** The secret that signs now. */
export async function currentSecret(reader: Reader, programs: ProgramParts, of: Of): Promise<string | null> {
  const known = await readKnown(reader, of)
  return known && programs.secretOf(of.program, known.secretNumber)
}

/** A new secret, from now on; the old one signs besides for a day. */
export async function rotateSecret(tx: Writer, programs: ProgramParts, of: Of, now: Date): Promise<string | null> {
  const known = await lockProgram(tx, of)
  if (!known) return null
  const next = { secretNumber: known.secretNumber + 1, oldSecretUntil: new Date(now.getTime() + oldSecretMs) }
  await tx
    .updateTable('program')
    .set({ secret_number: next.secretNumber, old_secret_until: next.oldSecretUntil })
    .where('account_id', '=', of.account)
    .where('person_id', '=', of.program)
    .execute()
  if (known.value !== null && known.state !== null) {
    const url = urlOf(known.value)
    await keepAddress(
      tx,
      of,
      { ...next, url, outside: null },
      { ...known, person: of.program, state: known.state },
      now,
    )
    await rewriteOutside(tx, of, { ...next, url }, known.state, known.failing)
  }
  return programs.secretOf(of.program, next.secretNumber)
}

/** The address of somebody for whom the program speaks: the program's endpoint, with their name behind the `#`. */
export async function addressFor(
  tx: Writer,
  of: Of,
  outside: { person: PersonId; key: string },
  now: Date,
): Promise<AddressId | null> {
  const known = await readKnown(tx, of)
  if (known?.value == null || known.state === null) return null
  const address = { ...known, url: urlOf(known.value), outside: outside.key }
  return keepAddress(tx, of, address, { person: outside.person, state: known.state, failing: known.failing }, now)
}

async function keepAddress(
  tx: Writer,
  { account, program }: Of,
  at: Omit<EndpointAddress, 'program'>,
  { person, state, failing }: { person: PersonId; state: Tables['address']['state']; failing: string | null },
  now: Date,
): Promise<AddressId> {
  const { value, key } = writeEndpoint({ ...at, program })
  const columns = { value, value_key: key, state, failing_reason: failing, proven_at: state === 'proven' ? now : null }
  const known = await tx
    .selectFrom('address')
    .select('address_id')
    .where('account_id', '=', account)
    .where('person_id', '=', person)
    .where('medium', '=', 'api')
    .forUpdate()
    .executeTakeFirst()
  if (known) {
    await tx
      .updateTable('address')
      .set(columns)
      .where('account_id', '=', account)
      .where('address_id', '=', known.address_id)
      .execute()
    return known.address_id
  }
  const id = newId<AddressId>()
  await tx
    .insertInto('address')
    .values({
      account_id: account,
      address_id: id,
      person_id: person,
      medium: 'api',
      position: 0,
      created_at: now,
      ...columns,
    })
    .execute()
  return id
}

/** Whom the program speaks for is reached where the program is. */
async function rewriteOutside(
  tx: Writer,
  { account, program }: Of,
  at: Signs & { url: string },
  state: Tables['address']['state'],
  failing: string | null,
): Promise<void> {
  const { value, key } = writeEndpoint({ ...at, program, outside: '' })
  // Only the last part, the name, differs from one to the other.
  const before = value.slice(0, value.length - 'for='.length)
  await sql`
    update address a set value = ${before} || 'for=' || substring(a.value from 'for=([^&#]*)$'), value_key = ${key},
      state = ${state}, failing_reason = ${failing}
    from outside_person o
    where o.account_id = ${account} and o.program_id = ${program}
      and a.account_id = o.account_id and a.person_id = o.person_id and a.medium = 'api'`.execute(tx)
}

function isEndpointUrl(url: string, allow: readonly string[]): boolean {
  if (url.length > 1_000 || !URL.canParse(url)) return false
  const { protocol, username, password, hash } = new URL(url)
  if (username || password || hash || url.includes('#')) return false
  return protocol === 'https:' || (protocol === 'http:' && isInside(url, allow))
}

function secretsOf(
  programs: ProgramParts,
  { program }: Of,
  { secretNumber, oldSecretUntil }: Signs,
  now: Date,
): string[] {
  const isOldGood = oldSecretUntil !== null && oldSecretUntil > now
  return [secretNumber, ...(isOldGood ? [secretNumber - 1] : [])].map((number) => programs.secretOf(program, number))
}

async function lockProgram(tx: Writer, of: Of): Promise<Known | null> {
  await tx
    .selectFrom('program')
    .select('person_id')
    .where('account_id', '=', of.account)
    .where('person_id', '=', of.program)
    .forUpdate()
    .execute()
  return readKnown(tx, of)
}

async function readKnown(reader: Reader, { account, program }: Of): Promise<Known | null> {
  const row = await reader
    .selectFrom('program')
    .leftJoin('address', (join) =>
      join
        .onRef('address.account_id', '=', 'program.account_id')
        .onRef('address.person_id', '=', 'program.person_id')
        .on('address.medium', '=', 'api'),
    )
    .select(['secret_number', 'old_secret_until', 'address_id', 'value', 'state', 'failing_reason'])
    .where('program.account_id', '=', account)
    .where('program.person_id', '=', program)
    .executeTakeFirst()
  return row
    ? {
        secretNumber: row.secret_number,
        oldSecretUntil: row.old_secret_until,
        address: row.address_id,
        value: row.value,
        state: row.state,
        failing: row.failing_reason,
      }
    : null
}
