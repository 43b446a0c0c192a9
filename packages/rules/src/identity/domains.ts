/** Whether a word can end a domain name: every two-letter country code, and the others that people's addresses end in. */
export function isTopLevel(label: string): boolean {
  const lower = label.toLowerCase()
  return lower.length === 2 ? COUNTRY.has(lower) : GENERIC.has(lower) || /^xn--[a-z0-9-]{2,59}$/.test(lower)
}

export const topLevels = (): string[] => [...COUNTRY, ...GENERIC]

/** Whether a domain gives mailboxes to anyone, so that its mere name beside a word is an address. */
export const isMailProvider = (domain: string): boolean => PROVIDERS.has(domain.toLowerCase())

const words = (text: string): Set<string> => new Set(text.trim().split(/\s+/))

const COUNTRY = words(`
  ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci
  ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp
  gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li
  lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om
  pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc
  td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw`)

const GENERIC = words(`
  com net org info biz edu gov mil int name pro mobi aero coop museum jobs travel tel asia cat app dev page online shop store
  site website club blog cloud email mail live link bio chat me social world today life family company business agency digital media
  network solutions support services team group center house space tech xyz top icu vip work works studio design photo photos art
  berlin hamburg koeln cologne bayern wien tirol swiss nrw ruhr saarland paris bzh alsace london scot wales cymru irish amsterdam
  nyc miami vegas tokyo osaka kyoto sydney melbourne istanbul moscow quebec eus gal barcelona madrid brussels vlaanderen frl
  gmbh ltd llc inc legal law doctor health clinic dental care finance money bank insurance tax estate immo homes house rent auction
  hotel restaurant cafe pizza bar beer wine coffee fashion beauty salon fitness yoga fun games game music band film video tube
  example test invalid`)

const PROVIDERS = words(`
  gmail.com googlemail.com yahoo.com ymail.com outlook.com hotmail.com live.com msn.com icloud.com me.com mac.com aol.com proton.me
  protonmail.com pm.me gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de posteo.de mailbox.org fastmail.com zoho.com
  orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it terra.es telefonica.net sapo.pt uol.com.br bol.com.br
  wp.pl o2.pl onet.pl interia.pl mail.ru yandex.ru ya.ru rambler.ru bk.ru list.ru inbox.ru ukr.net seznam.cz centrum.cz
  qq.com 163.com 126.com sina.com naver.com daum.net hanmail.net yahoo.co.jp yahoo.co.uk yahoo.de yahoo.fr hotmail.co.uk hotmail.fr
  hotmail.de btinternet.com comcast.net verizon.net att.net sbcglobal.net bluewin.ch ziggo.nl kpnmail.nl home.nl telenet.be skynet.be
  gmail googlemail yahoo outlook hotmail icloud protonmail gmx`)
