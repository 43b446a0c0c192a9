import { type AccountId, type ConversationId, days, type PersonId } from '@parley/model'
import type { Database } from '../db/index.ts'
import { addPerson } from '../people/index.ts'
import type { Site } from '../sites/index.ts'
import { findAccessKey, hashSecret, makeAccessKey } from './access-key.ts'

/** A browser is known for this long after its last visit. */
const browserLastsMs = days(180)

export interface Entered {
  readonly account: AccountId
  readonly person: PersonId
  readonly language: string
  /** A new secret for this browser; null when it showed one that is good. */
  readonly secret: string | null
  readonly continuedFrom: string | null
}

/**
 * Who opens this window: known by the secret of their browser, brought by a one-time link, or new. A proof that belongs to another
 * account is no proof here.
 */
export async function enterVisitor(
  db: Database,
  site: Site,
  proofs: { secrets: readonly string[]; handOver?: string; recovery?: string; host: string | null },
  language: string,
  now: Date,
): Promise<Entered> {
  const brought = await broughtBy(db, site, proofs, now)
  if (brought) {
    const secret = await newBrowserKey(db, site.account, brought.person, now)
    return { ...brought, language: await languageOf(db, site.account, brought.person, language), secret }
  }
  for (const secret of proofs.secrets) {
    const known = await findAccessKey(db, secret, 'browser', now, 'again')
    if (known?.account === site.account) {
      const spoken = await languageOf(db, site.account, known.person, language)
      return { account: site.account, person: known.person, language: spoken, secret: null, continuedFrom: null }
    }
  }
  return db.write(site.account, async (tx) => {
    const person = await addPerson(tx, { account: site.account, kind: 'visitor', site: site.id, language }, now)
    const key = { account: site.account, purpose: 'browser', person, lastsMs: browserLastsMs, now } as const
    const secret = await makeAccessKey(tx, key)
    return { account: site.account, person, language, secret, continuedFrom: null }
  })
}

/** A hand-over counts only on the host that it was made for; a recovery link anywhere on the account's sites, until it expires. */
async function broughtBy(
  db: Database,
  site: Site,
  proofs: { handOver?: string; recovery?: string; host: string | null },
  now: Date,
): Promise<{ account: AccountId; person: PersonId; continuedFrom: string } | null> {
  if (proofs.handOver) {
    const key = await findAccessKey(db, proofs.handOver, 'hand-over', now, 'once')
    if (key?.account === site.account && key.bound.target === proofs.host) {
      return { account: site.account, person: key.person, continuedFrom: key.bound.source ?? '' }
    }
  }
  if (proofs.recovery) {
    const key = await findAccessKey(db, proofs.recovery, 'recovery', now, 'again')
    if (key?.account === site.account) {
      return { account: site.account, person: key.person, continuedFrom: key.bound.source ?? '' }
    }
  }
  return null
}

async function newBrowserKey(db: Database, account: AccountId, person: PersonId, now: Date): Promise<string> {
  return db.write(account, (tx) =>
    makeAccessKey(tx, { account, purpose: 'browser', person, lastsMs: browserLastsMs, now }),
  )
}

async function languageOf(db: Database, account: AccountId, person: PersonId, asked: string): Promise<string> {
  const row = await db.read(account, (reader) =>
    reader
      .selectFrom('person')
      .select('language')
      .where('account_id', '=', account)
      .where('person_id', '=', person)
      .executeTakeFirst(),
  )
  return row?.language ?? asked
}

const handOverLastsMs = 60_000

/** A key for one click on a link from one host of the account to another. */
export function makeHandOver(
  db: Database,
  wanted: { account: AccountId; person: PersonId; source: string; target: string; now: Date },
): Promise<string> {
  const { account, person, source, target, now } = wanted
  return db.write(account, (tx) =>
    makeAccessKey(tx, {
      account,
      purpose: 'hand-over',
      person,
      bound: { source, target },
      lastsMs: handOverLastsMs,
      now,
    }),
  )
}

/** A link by which the visitor finds back from any browser. */
export function makeRecovery(
  db: Database,
  wanted: { account: AccountId; person: PersonId; conversation: ConversationId | null; source: string; now: Date },
): Promise<string> {
  const { account, person, conversation, source, now } = wanted
  return db.write(account, (tx) =>
    makeAccessKey(tx, {
      account,
      purpose: 'recovery',
      person,
      ...(conversation ? { conversation } : {}),
      bound: { source },
      lastsMs: days(90),
      now,
    }),
  )
}

/** This browser is known no more; other browsers of the same visitor still are. */
export async function forgetBrowser(db: Database, secret: string): Promise<void> {
  await db.workers
    .deleteFrom('access_key')
    .where('key_hash', '=', hashSecret(secret))
    .where('purpose', '=', 'browser')
    .execute()
}
