import { describe, expect, test } from 'vitest'
import { findIdentities, type IdentityOptions } from './find-identities.ts'
import { screen } from './screen.ts'

const countries = ['US', 'GB', 'DE', 'FR', 'ES', 'IT', 'PL', 'DK', 'NL', 'BR', 'JP', 'IN', 'TR', 'CH', 'AU']
const find = (text: string, options: Partial<IdentityOptions> = {}) => findIdentities(text, { countries, ...options })
const brief = (text: string, options?: Partial<IdentityOptions>) =>
  find(text, options).map((i) => `${i.kind}: ${i.text}`)

describe('A9: a mail address is found as people write it', () => {
  test.each([
    ['Write to joe@example.com, please.', 'joe@example.com', 'joe@example.com'],
    [
      "<Joe.O'Neil+shop@mail.example.co.uk>",
      "Joe.O'Neil+shop@mail.example.co.uk",
      "joe.o'neil+shop@mail.example.co.uk",
    ],
    ['It is joe@example.com.Thanks', 'joe@example.com', 'joe@example.com'],
    ['mail:joe@example.com!', 'joe@example.com', 'joe@example.com'],
    ['joe (at) example (dot) com', 'joe (at) example (dot) com', 'joe@example.com'],
    ['joe [at] example punkt de', 'joe [at] example punkt de', 'joe@example.de'],
    ['reach me: joe{at}example{dot}org ok', 'joe{at}example{dot}org', 'joe@example.org'],
    ['I am joe at example dot com now', 'joe at example dot com', 'joe@example.com'],
    ['joe dot smith at example dot co dot uk', 'joe dot smith at example dot co dot uk', 'joe.smith@example.co.uk'],
    ['soy joe arroba ejemplo punto es', 'joe arroba ejemplo punto es', 'joe@ejemplo.es'],
    ['joe chiocciola esempio punto it', 'joe chiocciola esempio punto it', 'joe@esempio.it'],
    ['joe at gmail.com', 'joe at gmail.com', 'joe@gmail.com'],
    ['joe(at)gmail', 'joe(at)gmail', 'joe@gmail'],
    ['joe @ example.com', 'joe @ example.com', 'joe@example.com'],
    ['joe@example . com', 'joe@example . com', 'joe@example.com'],
    ['joe%40example.com', 'joe%40example.com', 'joe@example.com'],
    ['http://x.example/?to=joe%40example.com&a=1', 'joe%40example.com', 'joe@example.com'],
    ['"joe smith"@example.com', '"joe smith"@example.com', '"joe smith"@example.com'],
    ['jörg@müller.de', 'jörg@müller.de', 'jörg@müller.de'],
    ['иван@пример.рф', 'иван@пример.рф', 'иван@пример.рф'],
    ['我的邮箱是joe@example.com谢谢', 'joe@example.com', 'joe@example.com'],
    ['ｊｏｅ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'ｊｏｅ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'joe@example.com'],
    ['j\u200bo\u200be@exa\u00admple.com', 'j\u200bo\u200be@exa\u00admple.com', 'joe@example.com'],
  ])('A9: %s', (text, found, value) => {
    expect(find(text)).toMatchObject([{ kind: 'email', text: found, value }])
  })

  test.each([
    'Meet me at noon. It is late',
    'Look at example.com for sizes',
    'We are at Main St. in town',
    'He works at the point of no return',
    'nothing at this point to see',
    'Two shirts @ 5 each',
    'see you @ home. ok?',
    'It costs (at least) that much (dot your is)',
    '@media screen',
    'a@b',
  ])('A9: "%s" holds no address', (text) => {
    expect(brief(text)).toEqual([])
  })
})

describe('A9: a telephone number is found in the habits of many countries', () => {
  test.each([
    ['US', '(415) 555-2671'],
    ['US', '415.555.2671'],
    ['US', '415 555 2671'],
    ['US', '1-800-555-0199'],
    ['US', '+1 (415) 555-2671 ext. 22'],
    ['US', '555-2671'],
    ['US', '4155552671'],
    ['GB', '020 7946 0958'],
    ['GB', '+44 (0)20 7946 0958'],
    ['GB', '07700 900123'],
    ['DE', '030/1234567'],
    ['DE', '0171-1234567'],
    ['DE', '+49 30 123 45 67'],
    ['DE', '0049 30 1234567'],
    ['FR', '06 12 34 56 78'],
    ['FR', '06.12.34.56.78'],
    ['FR', '+33 6 12 34 56 78'],
    ['ES', '612 345 678'],
    ['IT', '02 1234 5678'],
    ['PL', '512-345-678'],
    ['DK', '20 12 34 56'],
    ['NL', '06-12345678'],
    ['BR', '(11) 91234-5678'],
    ['JP', '090-1234-5678'],
    ['IN', '98765 43210'],
    ['TR', '0532 123 45 67'],
    ['AU', '0412 345 678'],
    ['RU, not set up', '8 (912) 345-67-89'],
    ['SE, not set up', '070-123 45 67'],
    ['full width', '０９０－１２３４－５６７８'],
    ['Arabic', '٠٥٠ ١٢٣ ٤٥٦٧'],
    ['Devanagari', '+९१ ९८७६५ ४३२१०'],
    ['hidden signs', '0171\u200b-12\u206034567'],
    ['no-break blanks', '+49\u00a030\u202f1234567'],
    [
      'keycaps',
      '0\ufe0f\u20e31\ufe0f\u20e37\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e35\ufe0f\u20e36\ufe0f\u20e37',
    ],
    ['dashes of print', '030‒123–4567'],
    ['one by one', '4 1 5 5 5 5 2 6 7 1'],
    ['English words', 'four one five five five five two six seven one'],
    ['words and figures', 'zero 7 seven 0 zero nine zero 0 one two three'],
    ['doubles', 'oh seven double seven double oh nine double oh one two three'],
    ['German words', 'null eins sieben eins, eins zwei drei vier fünf sechs'],
    ['French words', 'zéro six un deux trois quatre cinq six sept huit'],
    ['Russian words', 'восемь девять один два три четыре пять шесть семь восемь'],
    ['Chinese numerals', '一三八零零一三八零零零'],
  ])('A9: %s: %s', (_, number) => {
    expect(brief(`You know, it is ${number} and thanks`)).toEqual([`phone: ${number}`])
  })

  test.each([
    ['1234 1234 1234 1234 1234 415 555 2671 99 99 99 99 99', '415 555 2671'],
    ['my flat is 12 030 1234567', '030 1234567'],
    ['Call 23456789 to reach me', '23456789'],
    ["Joe's # is 403-262-6400", '403-262-6400'],
    ['at (410)\n767-8026 before noon', '(410)\n767-8026'],
    ['call me: 12 34 56', '12 34 56'],
    ['Mein Handy: 1712345678', '1712345678'],
    ['open 08:00 0171 1234567 20:00', '0171 1234567'],
    ['我的电话是13800138000。', '13800138000'],
  ])('A9: what stands beside it does no harm: %s', (text, number) => {
    expect(brief(text)).toEqual([`phone: ${number}`])
  })
})

describe('A9: other identities are found', () => {
  test.each([
    ['my card 4111 1111 1111 1111 12/27', 'card: 4111 1111 1111 1111'],
    ['5555-5555-5555-4444', 'card: 5555-5555-5555-4444'],
    ['amex 378282246310005', 'card: 378282246310005'],
    ['4111 1111 1111 1111 123', 'card: 4111 1111 1111 1111'],
    ['IBAN DE89 3704 0044 0532 0130 00 please', 'iban: DE89 3704 0044 0532 0130 00'],
    ['gb29nwbk60161331926819', 'iban: gb29nwbk60161331926819'],
    ['FR14 2004 1010 0505 0001 3M02 606', 'iban: FR14 2004 1010 0505 0001 3M02 606'],
    ['my ip is 203.0.113.7.', 'ip: 203.0.113.7'],
    ['from 2001:db8::8a2e:370:7334, I think', 'ip: 2001:db8::8a2e:370:7334'],
    ['fe80:0:0:0:202:b3ff:fe1e:8329', 'ip: fe80:0:0:0:202:b3ff:fe1e:8329'],
    ['::ffff:192.0.2.128', 'ip: ::ffff:192.0.2.128'],
    ['see wa.me/491711234567 ok', 'url: wa.me/491711234567'],
    ['https://www.facebook.com/joe.smith.7', 'url: https://www.facebook.com/joe.smith.7'],
    ['https://de.linkedin.com/in/joe-smith', 'url: https://de.linkedin.com/in/joe-smith'],
    ['t.me/joe_s', 'url: t.me/joe_s'],
    ['https://api.whatsapp.com/send?phone=491711234567', 'url: https://api.whatsapp.com/send?phone=491711234567'],
    ['skype:live:joe.smith?chat', 'url: skype:live:joe.smith?chat'],
    ['https://joe:secret@example.com/', 'url: https://joe:secret@example.com/'],
    ['insta: joe.smith', 'handle: joe.smith'],
    ['my telegram is @joe_s', 'handle: @joe_s'],
    ['Discord joe#1234', 'handle: joe#1234'],
    ['Мой телеграм: ivan', 'handle: ivan'],
  ])('A9: %s', (text, found) => {
    expect(brief(text)).toEqual([found])
  })
})

describe('A9: what only looks like an identity is left alone', () => {
  test.each([
    ['order number', 'Order 4155552671 has not come'],
    ['order number, German', 'Meine Bestellnummer ist 0301234567'],
    ['order number, Polish', 'zamówienie nr 512345678'],
    ['order number with a sign', 'It is #1234567890'],
    ['order number of a big shop', '302-1234567-1234567'],
    ['tracking number', 'Parcel 1Z999AA10123456784'],
    ['tracking number, post', 'RR123456789DE'],
    ['ISBN', 'The book 978-3-16-148410-0'],
    ['version', 'We run version 8.0.3.1 of it'],
    ['version, short', 'since v1.2.3.4'],
    ['version, three parts', 'Node 24.21.0'],
    ['build', 'build 8.0.190.36'],
    ['section', 'see section 1.2.3.4'],
    ['date', 'on 2026-11-22'],
    ['date, German', 'am 22.11.2026'],
    ['date, US', 'by 11/22/2026'],
    ['date and hours', '2026-11-22 08:00'],
    ['date without signs', '20261122'],
    ['range of years', 'in 2023-2024'],
    ['several years', '2019 2020 2021'],
    ['times', 'from 08:30 to 17:45:00'],
    ['hours', 'Mo-Fr 9-12 14-18'],
    ['price', 'It was $1234567.89'],
    ['price, European', '1.234.567,89 €'],
    ['price, with blanks', '12 345 678 EUR'],
    ['million', '10 000 000'],
    ['postcode', '10115 Berlin'],
    ['postcode, US', 'Anchorage, AK 99501-1234'],
    ['postcode, UK', 'SW1A 1AA'],
    ['sizes', 'sizes 36 38 40 42 44'],
    ['dimensions', '120 x 60 x 75 cm'],
    ['decimals', '52.5200, 13.4050'],
    ['card that fails its check', 'voucher 4111 1111 1111 1112'],
    ['account that fails its check', 'DE89 3704 0044 0532 0130 01'],
    ['clock that is not IPv6', '12:30:45'],
    ['C++', 'std::vector and a::b'],
    ['loopback', '::1'],
    ['private address', 'open http://192.168.1.1 or 127.0.0.1'],
    ['number in a link', 'https://shop.example/questions/4155552671'],
    ['private address, long', 'the router is 192.168.99.100'],
    ['measure', 'score 0.26968884'],
    ['ratio', '50001/50000 ms'],
    ['part of a name', 'solr.install.dir=x'],
    ['mac of nothing', 'ab:cd'],
    ['product link', 'https://shop.example/shirts/blue-4155552'],
    ['product link without scheme', 'www.example.com/p/12'],
    ['film', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'],
    ['share button', 'https://www.facebook.com/sharer/sharer.php'],
    ['network as a word', 'Skype is great, and Telegram works'],
    ['mention', '@Agent thanks'],
    ['counting', 'one two three four five six seven'],
    ['file name', 'see report.final.pdf'],
    ['numbers in words', 'I need one or two, maybe three of size four'],
  ])('A9: %s: "%s"', (_, text) => {
    expect(brief(text)).toEqual([])
  })
})

describe('A9: what is known of a participant never passes', () => {
  const known = ['Joe Smith', 'joe@example.com', '+49 171 1234567', 'Ökonom Müller']
  test.each([
    ['Regards, JOE SMITH', 'known: JOE SMITH'],
    ['Regards, Joe\u200b Smith', 'known: Joe\u200b Smith'],
    ['joe@EXAMPLE.com', 'known: joe@EXAMPLE.com'],
    ['order 0171/1234567', 'known: 0171/1234567'],
    ['order 004917 112 345 67', 'known: 004917 112 345 67'],
    ['id (+49) 1711234567', 'known: (+49) 1711234567'],
    ['ökonom müller', 'known: ökonom müller'],
    ['O\u0308konom Mu\u0308ller', 'known: O\u0308konom Mu\u0308ller'],
    ['with nothing else: joe smith', 'known: joe smith'],
  ])('A9, A20: %s', (text, found) => {
    expect(brief(text, { known })).toEqual([found])
  })

  test.each([
    ['+4740612345', 'call 40 61 23 45', '40 61 23 45'],
    ['+4740612345', 'call 0047 40612345', '0047 40612345'],
    ['+6591234567', 'at 9123 4567', '9123 4567'],
    ['sip:bo@phones.example', 'my phone is Bo@phones.example', 'Bo@phones.example'],
  ])('A9 A20: the known address %s does not pass as "%s", without its country or scheme', (identity, text, found) => {
    expect(brief(text, { known: [identity] })).toEqual([`known: ${found}`])
  })

  test('A9: a known number passes no second time either, and not behind a long row of figures', () => {
    const text = `id ${'12 '.repeat(40)}0171 1234567 0171 1234567`
    expect(screen(text, { countries: [], known, mask: 'none', style: 'dots' }).text).not.toContain('1234567')
  })

  test('A9: a name inside another word is not that name', () => {
    expect(brief('Joe Smithson and anno', { known: ['Joe Smith', 'Ann'] })).toEqual([])
  })
})

describe('A9: what the site allows passes', () => {
  const allow = ['shop.example', 'info@shop.example', '+49 30 1234567']
  test.each([
    ['info@shop.example', []],
    ['Info@Shop.example', []],
    ['030 1234567', []],
    ['https://facebook.com/joe', ['url: https://facebook.com/joe']],
    ['joe@shop.example', ['email: joe@shop.example']],
    ['joe@mail.shop.example', ['email: joe@mail.shop.example']],
  ])('A9: %s', (text, found) => {
    expect(brief(text, { allow })).toEqual(found)
  })

  test('A9: strictly, any link is found but one to the site itself', () => {
    const text = 'https://www.shop.example/a https://sub.shop.example/b https://evilshop.example/c'
    expect(brief(text, { allow, strict: true })).toEqual(['url: https://evilshop.example/c'])
  })

  test('A9: what is known wins over what is allowed', () => {
    expect(brief('info@shop.example', { allow, known: ['info@shop.example'] })).toEqual(['known: info@shop.example'])
  })
})

test.each([
  ['Order 4155552671', 'phone: 4155552671'],
  ['ask @joe_smith', 'handle: @joe_smith'],
  ['shop-of-joe.com/x', 'url: shop-of-joe.com/x'],
])('A7: an offer is screened most strictly: %s', (text, found) => {
  expect(brief(text)).toEqual([])
  expect(brief(text, { strict: true })).toEqual([found])
})

test('A9: several identities in one text come in order, apart, and with offsets into the text as it was written', () => {
  const text = 'é\u200b Joe: ｊoe@example.com, +49\u00a030 1234567 or wa.me/491711234567 👍'
  const found = find(text)
  expect(found.map(({ kind }) => kind)).toEqual(['email', 'phone', 'url'])
  for (const { from, to, text: part } of found) expect(text.slice(from, to)).toBe(part)
  found.forEach((one, i) => {
    expect(one.from).toBeGreaterThanOrEqual(found[i - 1]?.to ?? 0)
  })
})
