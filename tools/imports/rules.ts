import path from 'node:path'
import type { Import } from './read-imports.ts'

/** Who may import which of our packages. A package that is not here may be imported by nobody and import nothing of ours. */
const mayImport: Record<string, readonly string[]> = {
  'packages/model': [],
  'packages/rules': ['model'],
  'packages/protocol': [],
  'packages/client': ['protocol'],
  'packages/channel-sdk': ['model'],
  'packages/channel-web': ['channel-sdk', 'model', 'protocol'],
  'packages/server': ['model', 'rules', 'protocol', 'channel-sdk'],
  'packages/dev-env': ['model', 'protocol', 'client', 'channel-sdk', 'server', 'channel-*'],
  'apps/server': ['model', 'rules', 'channel-sdk', 'server', 'channel-*', 'app-demo'],
  'apps/widget': ['client', 'protocol'],
  'apps/panel': ['client', 'protocol'],
  'apps/demo': ['model', 'protocol', 'client', 'server', 'channel-*', 'dev-env'],
}
const anyChannel = ['channel-sdk', 'model']
/** Outside the product: they may look at everything. */
const onlookers = ['plays', 'bench', 'conformance', 'tools', 'leaks']
/** Written from the laws alone: it would prove nothing if it knew what it judges. */
const apart = 'leaks/model/'
/** Run in a browser, or decide without touching the world. */
const withoutNode = [
  'packages/model',
  'packages/rules',
  'packages/protocol',
  'packages/client',
  'apps/widget',
  'apps/panel',
]

/** What is wrong with one import of one file, in words; undefined when it is allowed. Paths are from the root, with `/`. */
export function judgeImport(file: string, { specifier, isTypeOnly }: Import): string | undefined {
  const room = roomOf(file)
  const isTest = /\.(test|play|fixture)\.tsx?$|\/test\//.test(file)
  if (file.startsWith(apart) && !/^\.\/[^/]+$/.test(specifier)) {
    return `${apart} stands by itself and may not import ${specifier}`
  }
  if (specifier.startsWith('.')) return judgeRelative(file, room, specifier)
  const ours = /^@parley\/([^/]+)/.exec(specifier)?.[1]
  if (ours) return judgeOurs(room, ours, { isTypeOnly, isTest })
  if (specifier.startsWith('node:') && withoutNode.includes(room) && !isTest && !isConfig(file)) {
    return `${room} runs without Node and may not import ${specifier}`
  }
  return undefined
}

function judgeOurs(room: string, ours: string, { isTypeOnly, isTest }: { isTypeOnly: boolean; isTest: boolean }) {
  if (onlookers.includes(room)) return undefined
  if (ours === 'dev-env' && isTest) return undefined
  if (ours === nameOf(room)) return `${room} imports itself by name; use a relative path`
  const allowed = mayImport[room] ?? (room.startsWith('packages/channel-') ? anyChannel : [])
  const isAllowed = allowed.includes(ours) || (allowed.includes('channel-*') && ours.startsWith('channel-'))
  if (!isAllowed) return `${room} may not import @parley/${ours}`
  if (room === 'apps/widget' && ours === 'protocol' && !isTypeOnly) {
    return 'apps/widget imports @parley/protocol as types only (its schemas would weigh more than the window)'
  }
  return undefined
}

function judgeRelative(file: string, room: string, specifier: string): string | undefined {
  const target = path.posix.join(path.posix.dirname(file), specifier)
  const isFixtureForLeaks = room === 'leaks' && target.startsWith('packages/') && /\.fixture\.ts$/.test(target)
  if (isFixtureForLeaks) return undefined
  if (roomOf(target) !== room) return `reaches into ${roomOf(target)} by a relative path; import the package`
  return room === 'packages/server' ? judgeInsideServer(file, target) : undefined
}

const top = ['http', 'realtime']
const serverSource = 'packages/server/src/'

/** http and realtime → features → db; a folder is entered through its index.ts. */
function judgeInsideServer(file: string, target: string): string | undefined {
  const [from, to] = [folderOf(file), folderOf(target)]
  if (from === to || to === undefined) return undefined
  if (from === 'db') return `db may not import ${to}: everything stands on it`
  // Files beside the folders put the application together.
  if (from !== undefined && !top.includes(from) && top.includes(to))
    return `${from} may not import ${to}, which stands above it`
  if (path.posix.basename(target) !== 'index.ts') return `enters ${to} past its index.ts`
  return undefined
}

/** The folder of the server a file is in; undefined for files beside the folders. */
function folderOf(file: string): string | undefined {
  const [folder, rest] = file.slice(serverSource.length).split('/')
  return file.startsWith(serverSource) && rest !== undefined ? folder : undefined
}

function roomOf(file: string): string {
  const [first = '', second = ''] = file.split('/')
  return first === 'packages' || first === 'apps' ? `${first}/${second}` : first
}

function nameOf(room: string): string {
  return room.startsWith('apps/') ? `app-${room.slice(5)}` : room.slice('packages/'.length)
}

function isConfig(file: string): boolean {
  return /\.config\.ts$/.test(file) || /\/(build|tools)\//.test(file)
}
