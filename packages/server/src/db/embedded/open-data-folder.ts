import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync, realpathSync } from 'node:fs'
import path from 'node:path'
import { type DataFolderLock, lockDataFolder } from './data-folder-lock.ts'
import { type Refused, refuse } from './refusal.ts'
import { blockedAt, type ServerUser } from './server-user.ts'

/** Makes the folder if need be and takes it for this process. */
export function openDataFolder(
  folder: string,
  user: ServerUser,
): { ok: true; dataFolder: string; lock: DataFolderLock } | Refused {
  const blocked = blockedAt(folder, user)
  if (blocked) return refuse.unreachable(folder, blocked, user.name)

  try {
    makeFolders(folder, user)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    // The database works in its real place, and says so in /proc.
    const dataFolder = realpathSync(folder)
    const found = strangersIn(dataFolder)
    if (found) return refuse.notADataFolder(dataFolder, found)
    const taken = lockDataFolder(dataFolder)
    return taken.ok ? { ok: true, dataFolder, lock: taken.lock } : refuse.inUse(dataFolder, taken.holder)
  } catch (error) {
    const because = whyNotWritable(error)
    if (because) return refuse.notWritable(folder, because)
    throw error
  }
}

function makeFolders(folder: string, { ids }: ServerUser): void {
  const first = mkdirSync(folder, { recursive: true })
  if (!first) return
  // Whatever the umask says: the database's user has to pass through, and nobody else needs to look in.
  for (let at = folder; at.length >= first.length; at = path.dirname(at)) chmodSync(at, ids ? 0o711 : 0o700)
}

/** Anything in it that no Parley put there, when nothing says that it is a data folder. */
function strangersIn(dataFolder: string): string | undefined {
  if (existsSync(path.join(dataFolder, 'PARLEY_VERSION'))) return undefined
  return readdirSync(dataFolder).find(
    (each) => !/^(parley\.(lock|pid)|postgres\.new|PARLEY_VERSION\.new|run|binaries|lost\+found)$/.test(each),
  )
}

const readOnly = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the disk is read-only'],
  ['ENOTDIR', 'a part of its path is a file'],
  ['EEXIST', 'it is a file'],
])
// SQLITE_PERM, SQLITE_READONLY, SQLITE_CANTOPEN: the lock file belongs to somebody else.
const lockFileOfOthers = new Set([3, 8, 14])

function whyNotWritable(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('errcode' in error && typeof error.errcode === 'number' && lockFileOfOthers.has(error.errcode & 0xff)) {
    return 'its lock file belongs to another user'
  }
  return 'code' in error && typeof error.code === 'string' ? readOnly.get(error.code) : undefined
}
