import type { TopicView } from '@parley/protocol'

export interface SiteTopics {
  site: string
  name: string
  topics: TopicView[]
}

export function bySite(topics: readonly TopicView[]): SiteTopics[] {
  const sites = new Map<string, SiteTopics>()
  for (const topic of topics) {
    const site = sites.get(topic.site) ?? { site: topic.site, name: topic.siteName, topics: [] }
    site.topics.push(topic)
    sites.set(topic.site, site)
  }
  return [...sites.values()]
}
