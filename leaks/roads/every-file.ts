import type { RoadsRun } from './roads-run.ts'

/** Whatever addresses of files somebody was given are followed: what is behind them was in their hands from then on. */
export async function everyFile(run: RoadsRun): Promise<void> {
  const { ear, urls } = run.stage
  const [url = ''] = urls
  const given = ear.heard
    .slice(run.firstHeard)
    .flatMap((heard) => [...heard.bytes.matchAll(address)].map(([path]) => ({ heard, path })))
  const behind = new Map<string, Promise<string>>()
  for (const { path } of given) {
    if (!behind.has(path))
      behind.set(
        path,
        fetch(`${url}${path}`).then((answer) => answer.text()),
      )
  }
  const told = new Set<string>()
  for (const { heard, path } of given) {
    const once = `${heard.person} ${heard.road} ${heard.step} ${path}`
    if (told.has(once)) continue
    told.add(once)
    ear.heard.push({ ...heard, bytes: (await behind.get(path)) ?? '' })
  }
}

/** A signed address, or the page that names a file first. */
const address = /\/(?:api\/attachments\/[\w-]+\/[\w-]+\/\w+\/[\w-]+|f\/[\w.-]{20,})/g
