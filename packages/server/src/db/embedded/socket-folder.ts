import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { blockedAt, type ServerUser } from './server-user.ts'

export const socketPort = 5432

// sun_path holds 108 bytes on Linux (104 on macOS), the last of them zero; a lock file beside it adds ".lock".
const longestPath = process.platform === 'linux' ? 107 : 103

export type SocketFolder = { path: string; remove(): void }

/** A folder that only the database's user may enter: under the data folder, or where that is too long, a fresh one in a short place. */
export function makeSocketFolder(dataFolder: string, user: ServerUser): SocketFolder | undefined {
  const beside = path.join(dataFolder, 'run')
  if (fits(beside)) {
    // Whoever comes here holds the data folder and no server runs: what lies in it names processes that are gone, whose
    // numbers may be others' by now.
    rmSync(beside, { recursive: true, force: true })
    mkdirSync(beside)
    return own(beside, user)
  }
  const place = [tmpdir(), '/tmp'].find((each) => fits(path.join(each, 'parley-xxxxxx')) && !blockedAt(each, user))
  return place === undefined ? undefined : own(mkdtempSync(path.join(place, 'parley-')), user)
}

function own(folder: string, { ids }: ServerUser): SocketFolder {
  if (ids) chownSync(folder, ids.uid, ids.gid)
  chmodSync(folder, 0o700)
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function fits(folder: string): boolean {
  return Buffer.byteLength(path.join(folder, `.s.PGSQL.${socketPort}`)) <= longestPath
}
