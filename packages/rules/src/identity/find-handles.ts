import type { IdentitySpan } from './identity-span.ts'

/**
 * Names under which people are found elsewhere: "insta: joe.smith", "my telegram is @joe_s", "discord joe#1234". With `all` everything
 * written with an @ before it.
 */
export function findHandles(text: string, which: 'announced' | 'all'): IdentitySpan[] {
  const found: IdentitySpan[] = []
  for (const { index, 0: whole, 1: name = '' } of text.matchAll(ANNOUNCED)) {
    const handle = name.replace(/[.-]+$/, '')
    const intro = whole.slice(0, whole.length - name.length)
    // "Skype is great" names nobody; a name behind "is" or nothing has a sign or figure in it that a word has not.
    const isSure = intro.endsWith('@') || /[:=]\s*$/.test(intro)
    if (!(isSure || /[\d_#]|\p{L}\.\p{L}/u.test(handle)) || handle.length < 3) continue
    const from = index + whole.length - name.length - (intro.endsWith('@') ? 1 : 0)
    found.push({ from, to: index + intro.length + handle.length, kind: 'handle', value: handle.toLowerCase() })
  }
  if (which === 'all') {
    for (const { index, 0: whole } of text.matchAll(
      /(?<![\p{L}\p{N}._%+-])@[\p{L}\p{N}_][\p{L}\p{N}_.]{1,38}[\p{L}\p{N}_]/gu,
    )) {
      found.push({ from: index, to: index + whole.length, kind: 'handle', value: whole.slice(1).toLowerCase() })
    }
  }
  return found
}

export const mentionsNetwork = (text: string): boolean => NETWORK.test(text)

const NETWORKS =
  'instagram|insta|telegram|twitter|snapchat|snap|tik ?tok|skype|discord|line id|wechat|weixin|微信|whats ?app|facebook|messenger|viber|kakao(?: ?talk)?|threads|mastodon|bluesky|linkedin|icq|jabber|xmpp|matrix|threema|wire|vkontakte|youtube|twitch|steam|paypal|venmo|cash ?app|телеграм\\w{0,2}|скайп|инстаграм\\w{0,2}|вконтакте|واتساب|تلغرام|ライン'
const NETWORK = new RegExp(`(?<![\\p{L}\\p{N}])(?:${NETWORKS})(?![\\p{L}\\p{N}])`, 'iu')
const ANNOUNCED = new RegExp(
  `(?<![\\p{L}\\p{N}_./-])(?:${NETWORKS})(?:[ -]?(?:name|nick|user ?name|user|id|handle|account|konto|profile|profil|contact))?(?: (?:is|ist|est|es|è|jest|at|als|as|under|unter|on|me))?(?![\\p{L}\\p{N}_.-])[ ]{0,2}[:=]?[ ]{0,2}@?([\\p{L}\\p{N}_][\\p{L}\\p{N}_.#-]{2,39})`,
  'giu',
)
