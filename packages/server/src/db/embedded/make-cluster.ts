import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import type { Binaries } from './binaries.ts'
import { processesIn } from './postmaster-file.ts'
import type { ServerUser } from './server-user.ts'
import { role } from './settings.ts'
import { isGone } from './stop-postmaster.ts'
import { syncFolder } from './version-file.ts'

/** Makes the database aside and renames it into place: a start cut short leaves nothing that looks finished. */
export async function makeCluster(
  pgdata: string,
  { binaries, user, isDurable }: { binaries: Binaries; user: ServerUser; isDurable: boolean },
): Promise<{ ok: true } | { ok: false; because: 'no-space' | 'failed'; output: string }> {
  const aside = `${pgdata}.new`
  // A start that was killed may have left its initdb at work.
  for (const pid of processesIn(aside, undefined)) {
    process.kill(pid, 'SIGKILL')
    await isGone(pid, 10_000)
  }
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { mode: 0o700 })
  if (user.ids) chownSync(aside, user.ids.uid, user.ids.gid)

  const initdb = spawn(
    path.join(binaries.bin, 'initdb'),
    [
      `--pgdata=${aside}`,
      `--username=${role}`,
      '--auth-local=peer',
      '--auth-host=reject',
      '--encoding=UTF8',
      '--locale=C',
      '--data-checksums',
      '--no-instructions',
      ...(isDurable ? [] : ['--no-sync']),
    ],
    { cwd: aside, env: childEnvironment, stdio: ['ignore', 'pipe', 'pipe'], ...user.ids },
  )
  const [out, errors, [code]] = await Promise.all([text(initdb.stdout), text(initdb.stderr), once(initdb, 'close')])
  if (code === 0) {
    renameSync(aside, pgdata)
    syncFolder(path.dirname(pgdata))
    return { ok: true }
  }
  rmSync(aside, { recursive: true, force: true })
  const output = `${out}${errors}`
  return {
    ok: false,
    because: /No space left on device|Disk quota exceeded/i.test(output) ? 'no-space' : 'failed',
    output,
  }
}

/** Nothing of ours: it would tell secrets to another user's process, and PGHOST and the like change what it does. */
export const childEnvironment = { PATH: '/usr/bin:/bin', LANG: 'C', LC_ALL: 'C', TZ: 'UTC' }
