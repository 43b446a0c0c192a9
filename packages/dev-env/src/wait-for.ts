import { setTimeout as sleep } from 'node:timers/promises'

export type WaitOptions = {
  /** How long to go on asking. Default 30 seconds: on a machine that is busy with everything else a process may wait long for a core. */
  timeoutMs?: number
  /** Pause between two questions. Default 25 ms. */
  everyMs?: number
  /** What was there instead, for the error text. */
  instead?: () => unknown
}

/**
 * Asks `condition` until it answers with something true, and returns that answer.
 * A condition that throws ends the waiting at once: a fault is not a "not yet".
 */
export async function waitFor<T>(
  what: string,
  condition: () => T | Promise<T>,
  { timeoutMs = 30_000, everyMs = 25, instead }: WaitOptions = {},
): Promise<Exclude<T, null | undefined | false | 0 | ''>> {
  const end = performance.now() + timeoutMs
  for (;;) {
    const answer = await condition()
    if (isTrue(answer)) return answer
    if (performance.now() >= end) {
      throw new Error(`waited ${timeoutMs} ms for ${what}${instead ? `; there was: ${show(await instead())}` : ''}`)
    }
    await sleep(everyMs)
  }
}

function isTrue<T>(answer: T): answer is Exclude<T, null | undefined | false | 0 | ''> {
  return Boolean(answer)
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 1)
  return text === undefined || text === '' || text === '[]' ? 'nothing' : text.slice(0, 4000)
}
