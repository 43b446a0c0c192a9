import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from './postmaster-file.ts'

/** How long a fast shutdown may take: it ends with a checkpoint, which on a slow disk takes its time. */
const patienceMs = 60_000

/**
 * Ends a postmaster: politely (SIGINT, "fast": sessions are cut, everything is written), and when that does not come to
 * an end, at once (SIGQUIT), after which the next start replays the log. Never SIGKILL, which leaves its children.
 */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    signalIfAlive(pid, signal)
    if (await isGone(pid, patienceMs)) return
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop`)
}

export async function isGone(pid: number, withinMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += 10) {
    if (!isAlive(pid)) return true
    await sleep(10)
  }
  return !isAlive(pid)
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
