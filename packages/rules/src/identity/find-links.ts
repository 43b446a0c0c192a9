import { LinkifyIt } from 'linkify-it'
import { topLevels } from './domains.ts'
import type { IdentitySpan } from './identity-span.ts'

export type LinkSpan = IdentitySpan & { readonly isPersonal: boolean }

/**
 * Every link, and whether it leads to a person: by a scheme that calls or writes to someone, to a profile, to a chat invitation, with
 * credentials in it. A link to a product is none of these.
 */
export function findLinks(text: string): LinkSpan[] {
  const found: LinkSpan[] = []
  for (const { index, 0: link } of text.includes(':') ? text.matchAll(SCHEMES) : []) {
    found.push({ from: index, to: index + link.length, kind: 'url', value: link.toLowerCase(), isPersonal: true })
  }
  if (!LINK_LIKE.test(text)) return found
  for (const { index, lastIndex, url } of linkify.match(text) ?? []) {
    const parsed = URL.canParse(url) ? new URL(url) : null
    if (!parsed || !/^(?:https?|ftp):$/.test(parsed.protocol)) continue
    found.push({ from: index, to: lastIndex, kind: 'url', value: url, isPersonal: isPersonal(parsed) })
  }
  return found
}

/** The host of a link that was found, for comparison with the hosts that a site allows. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '')

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: false, tlds: topLevels(), urlAuth: true, maxLength: 2000 })

// A top level begins with a letter: a price is no link.
const LINK_LIKE = /\/\/|\.\p{L}/u

const SCHEMES =
  /(?<![\p{L}\p{N}])(?:callto|sips?|xmpp|im|skype|facetime(?:-audio)?|whatsapp|tg|viber|signal|msnim|ymsgr|aim|weixin|matrix):(?:\/\/)?[\p{L}\p{N}+@(][^\s<>"'»“”]{2,255}/giu

function isPersonal(url: URL): boolean {
  if (url.username !== '' || url.password !== '') return true
  const host = url.hostname.replace(/^(?:www|m|mobile|web|api|chat|[a-z]{2})\.(?=[^.]+\.[^.])/, '')
  const path = url.pathname.split('/').filter((part) => part !== '')
  if (PERSONAL_HOSTS.has(host)) {
    return (
      (path[0] !== undefined && !IMPERSONAL.has(path[0].toLowerCase())) || /(?:^|[?&])(?:id|phone|to)=/.test(url.search)
    )
  }
  return PERSONAL_PATHS.get(host)?.test(url.pathname) ?? false
}

const PERSONAL_HOSTS = new Set(
  `wa.me whatsapp.com t.me telegram.me telegram.dog facebook.com fb.com fb.me fb.gg m.me messenger.com instagram.com instagr.am ig.me x.com twitter.com
  threads.net threads.com snapchat.com tiktok.com vk.com vk.me ok.ru line.me discord.gg discord.com discordapp.com skype.com join.skype.com
  signal.me signal.group viber.com xing.com weibo.com linktr.ee about.me calendly.com cal.com paypal.me venmo.com cash.app revolut.me keybase.io
  matrix.to bsky.app onlyfans.com zalo.me open.kakao.com u.wechat.com meet.google.com zoom.us us02web.zoom.us us04web.zoom.us meet.jit.si
  teams.microsoft.com teams.live.com whereby.com tinder.com strava.com`.split(/\s+/),
)

// On these a person's page is told by its path; the rest is products, films, articles.
const PERSONAL_PATHS = new Map([
  ['linkedin.com', /^\/(?:in|pub)\//],
  ['youtube.com', /^\/(?:@|user\/|channel\/|c\/)/],
  ['reddit.com', /^\/u(?:ser)?\//],
  ['github.com', /^\/[^/]+\/?$/],
  ['medium.com', /^\/@/],
  ['mastodon.social', /^\/@/],
  ['pinterest.com', /^\/(?!pin\/|ideas\/|search)[^/]+\/?$/],
  ['google.com', /^\/maps\/contrib\//],
])

const IMPERSONAL = new Set(
  'share sharer sharer.php intent hashtag explore search help legal about policies policy privacy terms marketplace watch events tos download business'.split(
    ' ',
  ),
)
