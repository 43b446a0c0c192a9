import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './source-files.ts'

type Wishes = {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}
type Entry = Wishes & {
  version?: string
  resolved?: string
  link?: boolean
  optional?: boolean
  dev?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
}
type Lock = { packages: Record<string, Entry> }

const lockFile = path.join(root, 'package-lock.json')

export function lockProblems(): string[] {
  const lock = readLock()
  return [
    // A lock file that names a registry ties everybody to it.
    ...Object.entries(lock.packages)
      .filter(([, { resolved, link }]) => resolved && !link)
      .map(([folder]) => `${folder} names where it was downloaded from (npm must see .npmrc)`),
    ...Object.entries(lock.packages)
      .filter(([folder]) => !folder.includes('node_modules/'))
      .filter(([folder, entry]) => wants(entry) !== wants(readManifest(folder)))
      .map(
        ([folder]) =>
          `${folder || 'the root'}: its package.json asks for other packages than the lock file: run npm install`,
      ),
    ...missingOptionals(lock).map(
      ({ folder }) => `${folder} is not in it, so npm ci fails: run node tools/complete-lock.ts`,
    ),
  ]
}

/**
 * Adds the builds for other machines that npm left out because this machine's registry did not have them. npm ci takes
 * a lock file without them for one out of date. Their version is the one their parent asks for by name; no checksum is
 * known here.
 */
export function completeLock(): string[] {
  const lock = readLock()
  const added = missingOptionals(lock)
  for (const { folder, entry } of added) lock.packages[folder] = entry
  const [whole, ...rest] = Object.keys(lock.packages).sort((a, b) => a.localeCompare(b, 'en'))
  lock.packages = Object.fromEntries([whole ?? '', ...rest].map((folder) => [folder, lock.packages[folder] ?? {}]))
  writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`)
  return added.map(({ folder }) => folder)
}

function missingOptionals({ packages }: Lock): { folder: string; entry: Entry }[] {
  return Object.values(packages).flatMap((parent) =>
    Object.entries(parent.optionalDependencies ?? {}).flatMap(([name, version]) => {
      const folder = `node_modules/${name}`
      const isThere = Object.keys(packages).some((each) => each === folder || each.endsWith(`/${folder}`))
      if (isThere || !/^\d+\.\d+\.\d+/.test(version)) return []
      return [{ folder, entry: { version, ...machineOf(name), ...(parent.dev && { dev: true }), optional: true } }]
    }),
  )
}

/** Which machines a build is for, read from its name: `…-linux-arm64-musl`. */
function machineOf(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/]/)
  const pick = (known: readonly string[]) => words.filter((each) => known.includes(each)).slice(-1)
  const os = pick([
    'aix',
    'android',
    'darwin',
    'freebsd',
    'linux',
    'netbsd',
    'openbsd',
    'openharmony',
    'sunos',
    'win32',
  ])
  const cpu = pick(['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'])
  const libc = words.some((each) => each.startsWith('musl'))
    ? ['musl']
    : words.some((each) => each.startsWith('gnu'))
      ? ['glibc']
      : []
  return { ...(cpu.length > 0 && { cpu }), ...(libc.length > 0 && { libc }), ...(os.length > 0 && { os }) }
}

function wants({ dependencies, devDependencies, optionalDependencies }: Wishes): string {
  const all = { ...dependencies, ...devDependencies, ...optionalDependencies }
  return Object.entries(all)
    .map(([name, version]) => `${name}@${version}`)
    .sort()
    .join(' ')
}

function readManifest(folder: string): Wishes {
  return JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'))
}

function readLock(): Lock {
  return JSON.parse(readFileSync(lockFile, 'utf8'))
}
