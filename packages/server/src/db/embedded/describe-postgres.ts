import path from 'node:path'
import { describeMachine, findBinaries, thisMachine } from './binaries.ts'
import { refuse } from './refusal.ts'
import { blockedAt, chooseServerUser } from './server-user.ts'

/** What a start on this data folder would use, or the refusal it would end with; makes and changes nothing. */
export function describePostgres({
  dataFolder,
  named,
  wanted,
}: {
  dataFolder: string
  named: string | undefined
  wanted: string | undefined
}): { ok: boolean; text: string } {
  const choice = chooseServerUser({
    uid: process.getuid?.() ?? -1,
    pgdata: path.join(dataFolder, 'postgres'),
    wanted,
  })
  if (!choice.ok) return { ok: false, text: refuse.noServerUser(choice.wanted).refusal.text }
  const { user } = choice
  const blocked = blockedAt(dataFolder, user)
  if (blocked) return { ok: false, text: refuse.unreachable(dataFolder, blocked, user.name).refusal.text }
  // Judged as the user running this: what the other user cannot reach is copied at the start.
  const { found, tried } = findBinaries({ named, user: { name: user.name }, copyTo: path.join(dataFolder, 'binaries') })
  const best = found[0]
  if (!best) return { ok: false, text: refuse.noBinaries(describeMachine(thisMachine()), tried).refusal.text }
  return { ok: true, text: `PostgreSQL ${best.version} (${best.bin}), run as ${user.name}` }
}
