import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'

/** Whom PostgreSQL runs as. `ids` is absent when that is whoever runs Parley. */
export type ServerUser = { name: string; ids?: { uid: number; gid: number } }

/** PostgreSQL refuses root. A folder made earlier keeps its owner; else the user named, else `parley`, else `nobody`. */
export function chooseServerUser({
  uid,
  pgdata,
  wanted,
}: {
  uid: number
  pgdata: string
  wanted?: string | undefined
}): { ok: true; user: ServerUser } | { ok: false; wanted: string } {
  const users = passwd()
  if (uid !== 0) return { ok: true, user: { name: users.find((each) => each.uid === uid)?.name ?? String(uid) } }
  const owner = ownerOf(pgdata)
  const choices = [
    ...(owner ? users.filter((each) => each.uid === owner) : []),
    ...(wanted ? users.filter((each) => each.name === wanted) : named(users, ['parley', 'nobody'])),
  ]
  const chosen = choices.find((each) => each.uid !== 0)
  if (!chosen) return { ok: false, wanted: wanted ?? 'nobody' }
  return { ok: true, user: { name: chosen.name, ids: { uid: chosen.uid, gid: chosen.gid } } }
}

/**
 * The first folder on the way to `folder` (itself included) that this user may not enter. Read from the mode bits: a
 * list of permissions beyond them (ACL) that would let the user in is not seen, which errs on the safe side.
 */
export function blockedAt(folder: string, { ids }: ServerUser): string | undefined {
  if (!ids) return undefined
  const way = [path.resolve(folder)]
  for (let at = path.resolve(folder); at !== path.dirname(at); at = path.dirname(at)) way.unshift(path.dirname(at))
  return way.find((each) => !mayEnter(each, ids))
}

/** Name of a user as this machine knows it, which is what PostgreSQL compares (peer). */
export function userName(uid: number): string {
  return passwd().find((each) => each.uid === uid)?.name ?? String(uid)
}

function mayEnter(folder: string, { uid, gid }: { uid: number; gid: number }): boolean {
  const at = statSync(folder, { throwIfNoEntry: false })
  if (!at?.isDirectory()) return true
  const bit = at.uid === uid ? 0o100 : at.gid === gid ? 0o010 : 0o001
  return (at.mode & bit) !== 0
}

function ownerOf(folder: string): number | undefined {
  return statSync(folder, { throwIfNoEntry: false })?.uid
}

type Entry = { name: string; uid: number; gid: number }

function named(users: readonly Entry[], names: readonly string[]): Entry[] {
  return names.flatMap((name) => users.filter((each) => each.name === name))
}

function passwd(): Entry[] {
  let text: string
  try {
    text = readFileSync('/etc/passwd', 'utf8')
  } catch {
    return []
  }
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
  })
}
