import { readFileSync } from 'node:fs'

/** Ids of a user that a Debian package made, by name. */
export function userIds(name: string): { uid: number; gid: number } {
  const [, , uid, gid] = entry('/etc/passwd', name)
  return { uid: Number(uid), gid: Number(gid) }
}

export function groupId(name: string): number {
  return Number(entry('/etc/group', name)[2])
}

function entry(file: string, name: string): string[] {
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}:`))
  if (!line) throw new Error(`no "${name}" in ${file}: is its Debian package installed?`)
  return line.split(':')
}
