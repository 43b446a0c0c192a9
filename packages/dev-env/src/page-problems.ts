import type { BrowserContext } from 'playwright-core'

export type PageProblem = {
  kind: 'console-error' | 'uncaught' | 'csp' | 'request-failed'
  url: string
  text: string
}

/** Reports what goes wrong on every page of the context, as it happens: a test ends with asking that there was nothing. */
export async function watchPage(context: BrowserContext, report: (problem: PageProblem) => void): Promise<void> {
  context.on('console', (message) => {
    if (message.type() !== 'error') return
    const text = message.text()
    const kind = /Content.Security.Policy|Trusted ?Type/i.test(text) ? 'csp' : 'console-error'
    report({ kind, url: message.location().url || (message.page()?.url() ?? ''), text })
  })
  context.on('weberror', (error) => {
    report({ kind: 'uncaught', url: error.page()?.url() ?? '', text: error.error().stack ?? error.error().message })
  })
  context.on('requestfailed', (request) => {
    const text = request.failure()?.errorText ?? 'failed'
    // A page that is left gives up what it was still loading: that is no fault of the page.
    if (text !== 'net::ERR_ABORTED') report({ kind: 'request-failed', url: request.url(), text })
  })
}
