import { existsSync } from 'node:fs'
import process from 'node:process'
import { defaultDataFolder, readConfig, rotateKeys } from '@parley/server'
import { cloneFolder, findSecret } from './open-storage.ts'
import { giveUp, say } from './say.ts'
import { keyStoreFrom } from './settings.ts'

const usage = `parley keys rotate           wrap every key under the secret of now
parley keys rotate --data    besides, give every conversation and person a new key for what comes
`

/** Looks after the key store. It may run beside the server, and goes on where it was stopped. */
export async function keys([what, ...args]: string[]): Promise<number> {
  if (what !== 'rotate' || args.some((arg) => arg !== '--data')) {
    process.stderr.write(usage)
    return 2
  }
  const read = readConfig(process.env)
  if (!read.ok) giveUp(`these settings are wrong:\n${read.problems.map((problem) => `  ${problem}`).join('\n')}`)
  const dataFolder = read.config.data.folder ?? defaultDataFolder(cloneFolder)
  const keyStore = keyStoreFrom(read.config, findSecret(dataFolder), dataFolder)
  if (!existsSync(keyStore.folder))
    giveUp(
      `There is no key store at ${keyStore.folder}. Where something is sealed, set PARLEY_DATA and PARLEY_KEY_STORE as the server has them. Nothing was changed.`,
    )
  const done = await rotateKeys(keyStore, {
    data: args.includes('--data'),
    now: new Date(),
    progress: (looked) => say(`${looked} …`),
  })
  say(`${done.looked} owners of keys: ${done.rewrapped} wrapped anew, ${done.renewed} with a new key.`)
  return 0
}
