import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { blockedAt, chooseServerUser } from './server-user.ts'

/**
 * Where the data lives when nobody says otherwise: beside the code. Only root in a folder that the database's own user
 * cannot enter gets another place, which is the same for this clone at every start.
 */
export function defaultDataFolder(cloneFolder: string, { uid = process.getuid?.() ?? -1 } = {}): string {
  const beside = path.join(cloneFolder, '.data')
  if (uid !== 0 || existsSync(path.join(beside, 'PARLEY_VERSION'))) return beside
  const choice = chooseServerUser({ uid, pgdata: path.join(beside, 'postgres') })
  if (!choice.ok || !blockedAt(cloneFolder, choice.user)) return beside
  const mark = createHash('sha256').update(path.resolve(cloneFolder)).digest('hex').slice(0, 8)
  return path.join('/var/lib/parley', `${path.basename(cloneFolder)}-${mark}`)
}
