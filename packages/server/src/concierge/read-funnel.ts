import type { AccountId, ScriptId } from '@parley/model'
import type { FunnelEnd, FunnelStep, ScriptFunnel } from '@parley/protocol'
import { stepsInOrder } from '@parley/rules'
import { sql } from 'kysely'
import type { Reader } from '../db/index.ts'
import { newestVersion, readVersion } from './scripts.ts'

const dayMs = 86_400_000
/** Somebody who has said nothing for a day is not coming back to a question. */
const leftAfterMs = dayMs

interface StepRow {
  step: string
  reached: number
  answered: number
}
interface RunRow {
  step: string
  ended: FunnelEnd
  runs: number
}

/**
 * Where visitors drop off, counted from what happened: a run counts once at each step that it reached, and where it stands or ended. In the
 * order in which visitors come to the steps; those that nobody reached are there with nothing. Null when there is no such version; left
 * out, it is the newest. With `days`, only runs that began within so many.
 */
export async function readFunnel(
  reader: Reader,
  wanted: { account: AccountId; script: ScriptId; version?: number | undefined; days?: number | undefined },
  now: Date,
): Promise<ScriptFunnel | null> {
  const { account, script, days } = wanted
  const since = days === undefined ? null : new Date(now.getTime() - days * dayMs)
  const version = wanted.version ?? (await newestVersion(reader, account, script))
  const asked = version === null ? null : await readVersion(reader, account, script, version)
  if (version === null || !asked) return null
  const { rows: steps } = await sql<StepRow>`
    select s.step, count(*)::int as reached, count(s.answered_at)::int as answered
    from concierge_run r join concierge_step s on s.account_id = r.account_id and s.ticket_id = r.ticket_id
    where r.account_id = ${account} and r.script_id = ${script} and r.version = ${version}
      and (${since}::timestamptz is null or r.began_at >= ${since})
    group by s.step`.execute(reader)
  // Whoever ended its part did so on its place; where it stands on its own it is noted only when it is looked at again.
  const quiet = new Date(now.getTime() - leftAfterMs)
  const { rows: runs } = await sql<RunRow>`
    select r.step, coalesce(r.ended, case
        when p.left_because = 'answered' then 'silenced'
        when p.left_at is not null then 'handed-over'
        when c.state = 'closed' or (r.moved_at < ${quiet} and r.next_at is null) then 'left'
        else 'running' end) as ended, count(*)::int as runs
    from concierge_run r
    join conversation c on c.account_id = r.account_id and c.conversation_id = r.conversation_id
    join participant p on p.account_id = r.account_id and p.participant_id = r.participant_id
    where r.account_id = ${account} and r.script_id = ${script} and r.version = ${version}
      and (${since}::timestamptz is null or r.began_at >= ${since})
    group by 1, 2`.execute(reader)

  const ended: Record<FunnelEnd, number> = { running: 0, done: 0, 'handed-over': 0, silenced: 0, left: 0 }
  for (const row of runs) ended[row.ended] += row.runs
  const at = (step: string, end: FunnelEnd) => runs.find((row) => row.step === step && row.ended === end)?.runs ?? 0
  const byStep = new Map(steps.map((row) => [row.step, row]))
  return {
    version,
    runs: runs.reduce((all, row) => all + row.runs, 0),
    steps: stepsInOrder(asked).map(
      (step): FunnelStep => ({
        step,
        reached: byStep.get(step)?.reached ?? 0,
        answered: byStep.get(step)?.answered ?? 0,
        left: at(step, 'left'),
        handedOver: at(step, 'handed-over'),
        silenced: at(step, 'silenced'),
      }),
    ),
    ended,
  }
}
