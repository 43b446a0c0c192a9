import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Frame, Page } from 'playwright-core'

export type AxeOptions = {
  /** Leaves rules out. Each needs its reason beside the call. */
  withoutRules?: readonly string[]
  /** Looks only at frames whose address matches. Default: all frames of the page. */
  frames?: RegExp
}

/**
 * What axe finds wrong with a page and the frames in it: one readable line a fault, none when it finds nothing.
 * `expect(await axeFindings(page)).toEqual([])` prints the list when it fails.
 */
export async function axeFindings(page: Page, { withoutRules = [], frames = /./ }: AxeOptions = {}): Promise<string[]> {
  const seen = page.frames().filter((frame) => !frame.isDetached() && frames.test(frame.url()))
  if (seen.length === 0)
    throw new Error(`no frame matches ${frames}; there are: ${page.frames().map((one) => one.url())}`)
  const findings: string[] = []
  for (const frame of seen) findings.push(...(await inFrame(frame, withoutRules)))
  return findings
}

async function inFrame(frame: Frame, withoutRules: readonly string[]): Promise<string[]> {
  // By evaluate, not by a script tag: the page's own policy forbids foreign scripts, as it should.
  await frame.evaluate(await axeSource())
  const options: RunOptions = {
    iframes: false,
    resultTypes: ['violations'],
    rules: Object.fromEntries(withoutRules.map((rule) => [rule, { enabled: false }])),
  }
  const results: Pick<AxeResults, 'violations'> = await frame.evaluate(`axe.run(document, ${JSON.stringify(options)})`)
  return results.violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ target, html, failureSummary }) => {
      const why = (failureSummary ?? '').replace(/\s+/g, ' ')
      return `${impact ?? 'minor'} ${id}: ${help} at ${target.join(' ')} in ${frame.url()}: ${html.slice(0, 200)} (${why})`
    }),
  )
}

let source: Promise<string> | undefined

function axeSource(): Promise<string> {
  source ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  return source
}
