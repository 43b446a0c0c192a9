import type { CDPSession, Page } from 'playwright-core'

/** Milliseconds of the longest task of the host page's thread: as it passed, and as far as the thread had a core. */
export interface LongestTask {
  readonly wallMs: number
  readonly workedMs: number
}

/** One event of Chromium's trace (the Trace Event Format); times in µs. */
interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  readonly tdur?: number
  readonly args: { readonly data?: { readonly isOutermostMainFrame?: boolean; readonly url?: string } }
}

/**
 * Traces a page while `work` goes on. A task that waits for a core is not at fault for it, and on a busy machine most long ones only wait:
 * so both times are told.
 */
export async function longestTaskOf(page: Page, url: string, work: () => Promise<void>): Promise<LongestTask> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline'] },
  })
  await work()
  await end(session)
  // The window in it has another origin, and a process of its own where Chromium isolates sites.
  const hosts = events.filter(
    ({ name, args }) => name === 'CommitLoad' && args.data?.isOutermostMainFrame && args.data.url?.startsWith(url),
  )
  if (hosts.length === 0) throw new Error('the trace does not show the page')
  const tasks = events.filter(
    (event) => event.name.endsWith('RunTask') && hosts.some(({ pid, tid }) => event.pid === pid && event.tid === tid),
  )
  return {
    wallMs: Math.max(0, ...tasks.map(({ dur }) => dur ?? 0)) / 1_000,
    workedMs: Math.max(0, ...tasks.map(({ tdur }) => tdur ?? 0)) / 1_000,
  }
}

async function end(session: CDPSession): Promise<void> {
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
}
