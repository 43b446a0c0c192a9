import { setTimeout as sleep } from 'node:timers/promises'

export interface Probing {
  /** Something went wrong: look now. */
  soon(): void
  stop(): void
}

/** Looks again and again, so that a peer that is gone, or back, is known within seconds and without anybody writing. */
export function keepProbing(probe: () => Promise<void>, everyMs: number): Probing {
  let wake = new AbortController()
  let isStopped = false
  const run = async () => {
    while (!isStopped) {
      await probe()
      await sleep(everyMs, undefined, { signal: wake.signal, ref: false }).catch(() => undefined)
      // So that many troubles at once are one look.
      if (wake.signal.aborted && !isStopped) await sleep(Math.min(everyMs, 250), undefined, { ref: false })
      wake = new AbortController()
    }
  }
  void run()
  return {
    soon: () => wake.abort(),
    stop() {
      isStopped = true
      wake.abort()
    },
  }
}
