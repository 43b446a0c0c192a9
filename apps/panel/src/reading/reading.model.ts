import type { ReadingTopic } from '@parley/protocol'
import { nameIn } from '../admin/names.model.ts'

/** Examples as somebody pastes them: one on each line, without blank ones and without any twice. */
export function linesOf(typed: string): string[] {
  return [...new Set(typed.split('\n').map((line) => line.trim()))].filter((line) => line !== '')
}

/** What a topic is called to administrators; with its site where there are several. */
export function callTopic(
  topics: readonly ReadingTopic[],
  id: string,
  { language, sites }: { language: string; sites: readonly { id: string; name: string }[] },
): string {
  const topic = topics.find((one) => one.id === id)
  if (!topic) return '–'
  const name = nameIn(topic.names, language)
  const site = sites.length > 1 ? sites.find((one) => one.id === topic.site)?.name : undefined
  return site ? `${name} (${site})` : name
}

export function sayShare(share: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share)
}

/** A language by its name in the language of the desk. */
export function callLanguage(tag: string, language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag
}
