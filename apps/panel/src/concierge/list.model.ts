import type { ScriptChosenBy, ScriptSummary } from '@parley/protocol'

/** The ids with one of them a place higher or lower. */
export function moved(scripts: readonly Pick<ScriptSummary, 'id'>[], id: string, by: 1 | -1): string[] {
  const ids = scripts.map((one) => one.id)
  const from = ids.indexOf(id)
  const other = ids[from + by]
  if (from < 0 || other === undefined) return ids
  return ids.map((one, index) => (index === from ? other : index === from + by ? id : one))
}

interface Known {
  readonly sites: ReadonlyMap<string, string>
  readonly topics: ReadonlyMap<string, string>
}

/** Where a script is used, each as people call it; nothing for everywhere. */
export function whereUsed(chosenBy: ScriptChosenBy, { sites, topics }: Known): string[] {
  return [
    ...(chosenBy.sites ?? []).map((id) => sites.get(id) ?? id),
    ...(chosenBy.topics ?? []).map((id) => topics.get(id) ?? id),
    ...(chosenBy.urls ?? []),
    ...(chosenBy.links ?? []),
  ]
}
