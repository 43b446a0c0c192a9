import process from 'node:process'
import { readConfig } from '@parley/server'
import { openStorage } from './open-storage.ts'
import { giveUp, say } from './say.ts'

/** Brings the database to this version and stops. */
export async function migrate(): Promise<number> {
  const read = readConfig(process.env)
  if (!read.ok) giveUp(`these settings are wrong:\n${read.problems.map((problem) => `  ${problem}`).join('\n')}`)
  const storage = await openStorage(read.config, giveUp)
  await storage.stop()
  say('The database is up to date.')
  return 0
}
