import { once } from 'node:events'
import process from 'node:process'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { type AccountId, type ConversationId, type PersonId, parseId } from '@parley/model'
import { defaultDataFolder, eraseAtInstallation, openDatabase, readConfig } from '@parley/server'
import { cloneFolder, findSecret, openStorage } from './open-storage.ts'
import { giveUp, say } from './say.ts'
import { keyStoreFrom } from './settings.ts'

const usage = `parley erase conversation ID [--account ID]   its keys, words, files, addresses and deliveries, for good
parley erase person ID [--account ID]         their words, files, names and addresses everywhere; the words of others stay

  --account     the account that it belongs to, where there are several
  --yes         do not ask
`

/** Erases something without the desk, asks before, and says what is left of it elsewhere. */
export async function erase(args: string[]): Promise<number> {
  const wanted = readErase(args)
  if (!wanted) {
    process.stderr.write(usage)
    return 2
  }
  const read = readConfig(process.env)
  if (!read.ok) giveUp(`these settings are wrong:\n${read.problems.map((problem) => `  ${problem}`).join('\n')}`)
  const { config } = read
  const dataFolder = config.data.folder ?? defaultDataFolder(cloneFolder)
  const secret = findSecret(dataFolder)
  const keyStore = keyStoreFrom(config, secret, dataFolder)
  if (!wanted.yes && !(await isConfirmed(wanted.what))) {
    say('Nothing was erased.')
    return 1
  }
  const storage = await openStorage(config, giveUp)
  try {
    const account = wanted.account ?? (await onlyAccount(storage.connection))
    if (!account) return 2
    const what = { account, of: wanted.of }
    const erased = await eraseAtInstallation({ connection: storage.connection, secret, keyStore }, what)
    for (const line of tell(erased, keyStore.folder)) say(line)
    return erased === null || typeof erased === 'string' ? 1 : 0
  } finally {
    await storage.stop()
  }
}

interface Wanted {
  readonly what: 'conversation' | 'person'
  readonly account: AccountId | null
  readonly of: { conversation: ConversationId } | { person: PersonId }
  readonly yes: boolean
}

/** Null for what is not understood. */
export function readErase(args: string[]): Wanted | null {
  const options = { account: { type: 'string' }, yes: { type: 'boolean', default: false } } as const
  let parsed: { values: { account?: string; yes: boolean }; positionals: string[] }
  try {
    parsed = parseArgs({ args, options, allowPositionals: true })
  } catch {
    return null
  }
  const [what, id = '', ...more] = parsed.positionals
  const given = parsed.values.account
  const account = given === undefined ? null : parseId<AccountId>(given)
  if ((given !== undefined && !account) || !parseId(id) || more.length > 0) return null
  const { yes } = parsed.values
  if (what === 'conversation') return { what, account, of: { conversation: id as ConversationId }, yes }
  return what === 'person' ? { what, account, of: { person: id as PersonId }, yes } : null
}

/** Null, having said which there are, where there is not exactly one. */
async function onlyAccount(connection: { connectionString: string }): Promise<AccountId | null> {
  const db = openDatabase(connection, { max: 3 })
  try {
    const accounts = await db.workers.selectFrom('account').select(['account_id', 'name']).orderBy('name').execute()
    const [only, ...others] = accounts
    if (only && others.length === 0) return only.account_id
    say('Say which account is meant, by --account:')
    for (const { account_id, name } of accounts) say(`  ${account_id}   ${name}`)
    return null
  } finally {
    await db.close()
  }
}

async function isConfirmed(what: string): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    // Who has nobody to ask has nobody to confirm.
    const ended = once(asking, 'close').then(() => '')
    const question = `This ${what} will be erased, and that cannot be undone. Type "erase": `
    return (await Promise.race([asking.question(question), ended])).trim() === 'erase'
  } finally {
    asking.close()
  }
}

/** What was removed, and what nobody here can remove; or why nothing was. */
export function tell(erased: Awaited<ReturnType<typeof eraseAtInstallation>>, keyFolder: string): string[] {
  if (erased === null) return ['There is nothing with this id in this account. Nothing was erased.']
  if (erased === 'last-administrator') {
    return ['This person is the only administrator of this account. Make someone else one first. Nothing was erased.']
  }
  if (erased === 'no-keys') {
    return [
      `What is to be erased is sealed, and none of its keys is in ${keyFolder}. They would stay wherever they are. Set PARLEY_DATA and PARLEY_KEY_STORE as the server has them; where its keys are lost, erase at the desk. Nothing was erased.`,
    ]
  }
  const { messages, openMessages, files, openFiles, deliveries } = erased
  const sealed = messages - openMessages + files - openFiles
  return [
    `Erased: ${messages} messages, ${files} files, ${deliveries} deliveries, and the names and addresses that went with them.`,
    ...(sealed > 0
      ? [
          `Sealed were ${messages - openMessages} messages and ${files - openFiles} files: their keys are destroyed, and no backup of the database can be read without them. Replace your copy of the key store now: as long as an older one is kept, it opens them.`,
        ]
      : []),
    ...(openMessages + openFiles > 0
      ? [
          `Not sealed were ${openMessages} messages and ${openFiles} files: every backup made before now holds them, readable, until you throw it away; so do the files of the database, until the room is used again.`,
        ]
      : []),
    'What was sent by mail, text message or chat lies with who got it.',
  ]
}
