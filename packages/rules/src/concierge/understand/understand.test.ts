import { describe, expect, test } from 'vitest'
import type { AnswerKind, AskStep, Choice } from '../script.ts'
import { addressIn } from './address-in.ts'
import { choiceOf } from './choice-of.ts'
import { dateIn } from './date-in.ts'
import { emailIn } from './email-in.ts'
import { numberIn } from './number-in.ts'
import { understand } from './understand.ts'
import { wantsPerson } from './wants-person.ts'
import { yesOrNo } from './yes-or-no.ts'

const now = new Date('2026-11-22T10:00:00Z') // a Sunday

describe('B1 yes and no are understood in eleven languages', () => {
  test.each([
    ...['Yes', 'yes please', 'Yep!', 'OK', 'yes, on Friday', 'Sure', '👍', "That's right"],
    ...[
      'Ja',
      'Ja, bitte',
      'jawohl',
      'klar',
      'Ja, seit gestern',
      'oui',
      'Oui, merci',
      'bien sûr',
      'sí',
      'Si',
      'claro que sí'.slice(0, 5),
    ],
    ...[
      'sì',
      'certo',
      'jazeker',
      'klopt',
      'tak',
      'Tak, proszę',
      'oczywiście',
      'sim',
      'claro que sim',
      'да',
      'Да, конечно',
    ],
    ...['نعم', 'نعم، من فضلك', 'はい', 'はい、お願いします', 'そうです', 'ＹＥＳ'],
  ])('"%s" is yes', (text) => expect(yesOrNo(text)).toBe('yes'))

  test.each([
    ...[
      'No',
      'no thanks',
      'Nope',
      'not yet',
      'No, it is not',
      '👎',
      "I don't",
      'Nein',
      'nein danke',
      'noch nicht',
      'Nein, noch nicht',
    ],
    ...[
      'non',
      'Non merci',
      'pas encore',
      'no, gracias',
      'todavía no',
      'no, grazie',
      'ancora no',
      'nee',
      'Nee, bedankt',
      'nie',
      'jeszcze nie',
    ],
    ...['não', 'não, obrigado', 'нет', 'Нет, спасибо', 'لا', 'لا، شكرا', 'いいえ', 'いいえ、まだです', '違います'],
  ])('"%s" is no', (text) => expect(yesOrNo(text)).toBe('no'))

  test.each([
    'no idea',
    'keine Ahnung',
    'yes and no',
    'maybe',
    'не знаю',
    'no sé',
    'it depends',
    '',
    '42',
    'Is that included?',
    'yes no yes',
  ])('"%s" is neither', (text) => expect(yesOrNo(text)).toBeNull())
})

describe('B1 numbers are understood as people of a language write them', () => {
  test.each([
    ['12', 'en', 12],
    ['about 12 people', 'en', 12],
    ['1,250.50', 'en', 1250.5],
    ['1,250', 'en', 1250],
    ['1.250', 'en', 1.25],
    ['1.250,50 €', 'de', 1250.5],
    ['1.250', 'de', 1250],
    ['1,250', 'de', 1.25],
    ['12,5', 'de', 12.5],
    ['12.5', 'de', 12.5],
    ['0.250', 'de', 0.25],
    ['1 250,5', 'fr', 1250.5],
    ['1\u202f250 000', 'fr', 1250000],
    ["1'250.50", 'de', 1250.5],
    ['1.234.567', 'es', 1234567],
    ['1,234,567', 'it', 1234567],
    ['-3', 'pl', -3],
    ['−3', 'pt', -3],
    ['١٢', 'ar', 12],
    ['١٬٢٥٠٫٥', 'ar', 1250.5],
    ['１２', 'ja', 12],
    ['12個', 'ja', 12],
    ['three', 'en', 3],
    ['drei', 'de', 3],
    ['zwölf', 'de', null],
    ['три', 'ru', 3],
    ['三', 'ja', 3],
    ['ثلاثة', 'ar', 3],
    ['between 2 and 3', 'en', null],
    ['many', 'en', null],
    ['1.2.3', 'en', null],
    ['order A12', 'en', null],
    ['', 'en', null],
  ])('"%s" in %s is %s', (text, language, number) => expect(numberIn(text, language)).toBe(number))
})

describe('B1 days are understood as people of a place write them', () => {
  test.each([
    ['2026-12-24', 'en', null, '2026-12-24'],
    ['24.12.2026', 'de', null, '2026-12-24'],
    ['24.12.', 'de', null, '2026-12-24'],
    ['24/12/26', 'fr', null, '2026-12-24'],
    ['12/24/2026', 'en', 'US-AK', '2026-12-24'],
    ['03/04/2026', 'en', 'US', '2026-03-04'],
    ['03/04/2026', 'en', 'GB', '2026-04-03'],
    ['03/04/2026', 'es', null, '2026-04-03'],
    ['12-24-2026', 'nl', null, '2026-12-24'],
    ['24 December', 'en', null, '2026-12-24'],
    ['December 24th, 2027', 'en', null, '2027-12-24'],
    ['the 24th of December', 'en', null, '2026-12-24'],
    ['3 March', 'en', null, '2027-03-03'],
    ['5 November', 'en', null, '2026-11-05'],
    ['24. Dezember 2026', 'de', null, '2026-12-24'],
    ['am 3. März', 'de', null, '2027-03-03'],
    ['24 décembre', 'fr', null, '2026-12-24'],
    ['24 de diciembre de 2026', 'es', null, '2026-12-24'],
    ['24 dicembre', 'it', null, '2026-12-24'],
    ['24 grudnia 2026', 'pl', null, '2026-12-24'],
    ['24 de dezembro', 'pt', null, '2026-12-24'],
    ['24 декабря', 'ru', null, '2026-12-24'],
    ['٢٤ ديسمبر', 'ar', null, '2026-12-24'],
    ['٢٤/١٢/٢٠٢٦', 'ar', null, '2026-12-24'],
    ['2026年12月24日', 'ja', null, '2026-12-24'],
    ['12月24日', 'ja', null, '2026-12-24'],
    ['today', 'en', null, '2026-11-22'],
    ['tomorrow', 'en', null, '2026-11-23'],
    ['the day after tomorrow', 'en', null, '2026-11-24'],
    ['übermorgen', 'de', null, '2026-11-24'],
    ['demain', 'fr', null, '2026-11-23'],
    ['après-demain', 'fr', null, '2026-11-24'],
    ['mañana', 'es', null, '2026-11-23'],
    ['domani', 'it', null, '2026-11-23'],
    ['jutro', 'pl', null, '2026-11-23'],
    ['amanhã', 'pt', null, '2026-11-23'],
    ['завтра', 'ru', null, '2026-11-23'],
    ['غدا', 'ar', null, '2026-11-23'],
    ['明日', 'ja', null, '2026-11-23'],
    ['gestern', 'de', null, '2026-11-21'],
    ['Friday', 'en', null, '2026-11-27'],
    ['next Sunday', 'en', null, '2026-11-29'],
    ['am Freitag', 'de', null, '2026-11-27'],
    ['sexta', 'pt', null, '2026-11-27'],
    ['в пятницу', 'ru', null, '2026-11-27'],
    ['w sobotę', 'pl', null, '2026-11-28'],
    ['金曜日', 'ja', null, '2026-11-27'],
    ['31 June', 'en', null, null],
    ['29.02.2027', 'de', null, null],
    ['on Monday or Tuesday', 'en', null, null],
    ['soon', 'en', null, null],
    ['', 'en', null, null],
  ])('"%s" in %s (%s) is %s', (text, language, region, day) =>
    expect(dateIn(text, { language, region }, now)).toBe(day),
  )
})

const choices: Choice[] = [
  { value: 'billing', label: { en: 'Billing', de: 'Rechnung' } },
  { value: 'garden', label: { en: 'Garden', de: 'Garten' } },
  { value: 'tools', label: { en: 'Garden tools', de: 'Gartengeräte' } },
  { value: 'cafe', label: { en: 'Café & bar', de: 'Café und Bar' } },
]
describe('B1 a choice is understood by number, by label, and nearly by label', () => {
  test.each([
    ['Billing', 'billing'],
    ['billing.', 'billing'],
    ['  RECHNUNG ', 'billing'],
    ['2', 'garden'],
    ['2.', 'garden'],
    ['no. 3', 'tools'],
    ['Nummer 3', 'tools'],
    ['٢', 'garden'],
    ['It is about billing, I think', 'billing'],
    ['my garden tools are broken', 'tools'],
    ['biling', 'billing'],
    ['grden', 'garden'],
    ['cafe & bar', 'cafe'],
    ['5', null],
    ['0', null],
    ['billing or garden', null],
    ['something else', null],
    ['', null],
  ])('"%s" means %s', (text, value) => expect(choiceOf(text, choices)?.choice.value ?? null).toBe(value))

  test('where labels are numbers themselves, a number is a label and no position', () => {
    const people: Choice[] = ['4', '2', '1'].map((value) => ({ value, label: { en: value } }))
    expect(choiceOf('2', people)?.choice.value).toBe('2')
    expect(choiceOf('3', people)).toBeNull()
  })
})

describe('B1 an address is taken when there is exactly one', () => {
  test.each([
    ['ana@example.org', 'ana@example.org'],
    ['You reach me at Ana.B+shop@Example.ORG.', 'Ana.B+shop@example.org'],
    ['<ana@example.org>', 'ana@example.org'],
    ['メールは ana@example.jp です', 'ana@example.jp'],
    ['ana@example.org or bo@example.org', null],
    ['ana at example', null],
    ['ana@localhost', null],
    ['a@b@example.org', null],
    ['', null],
  ])('"%s" gives %s', (text, address) => expect(emailIn(text)).toBe(address))
})

describe('A16 a wish for a person is understood in eleven languages', () => {
  test.each([
    ...[
      'I want to talk to a human',
      'Can I speak to a real person please?',
      'agent',
      'human please',
      'Please connect me with one of your agents',
    ],
    ...[
      'let me talk to someone',
      'Ich möchte mit einem Menschen sprechen',
      'Kann ich mit einem Mitarbeiter reden?',
      'echter Mensch bitte',
    ],
    ...[
      'Je veux parler à un humain',
      'Puis-je parler à quelqu’un ?',
      'un conseiller svp',
      'Quiero hablar con una persona',
      'agente por favor',
    ],
    ...[
      'Vorrei parlare con una persona',
      'operatore',
      'Ik wil met een mens praten',
      'medewerker graag'.slice(0, 10),
      'Chcę rozmawiać z człowiekiem',
    ],
    ...[
      'Proszę połączyć mnie z konsultantem',
      'Quero falar com uma pessoa',
      'atendente por favor',
      'Хочу поговорить с человеком',
    ],
    ...[
      'Соедините меня с оператором',
      'оператор',
      'أريد التحدث مع شخص',
      'موظف',
      '人と話したいです',
      '担当者につないでください',
      'オペレーターに代わって',
    ],
  ])('"%s"', (text) => expect(wantsPerson(text)).toBe(true))

  test.each([
    ...[
      '',
      'Is it for one person?',
      'The person at the counter was kind',
      'Does the cleaning agent hurt plants?',
      'I need a table for four people',
    ],
    ...[
      "I don't want to talk to a human",
      'Ich möchte nicht mit einem Menschen sprechen',
      'Ein Zimmer für zwei Personen',
      'une table pour une personne de plus demain',
    ],
    ...[
      '我',
      'My human resources form',
      'Tisch für eine Person um acht',
      'мне нужен номер на одного человека',
      'Я не хочу говорить с человеком',
      '3人です',
      '人と話したくない',
    ],
  ])('"%s" is none', (text) => expect(wantsPerson(text)).toBe(false))
})

test('B1 who would rather not say is not asked again', () => {
  const step = (answer: AnswerKind): AskStep => ({ kind: 'ask', text: { en: '?' }, answer, next: 'a' })
  for (const text of [
    'skip',
    "I don't know",
    'Keine Ahnung',
    'je ne sais pas',
    'nie wiem',
    'не знаю',
    'わかりません',
    'لا أعرف',
  ]) {
    expect(understand(step({ kind: 'text' }), text, { language: 'en', region: null }, now)).toEqual({
      kind: 'declined',
    })
    expect(understand(step({ kind: 'number' }), text, { language: 'en', region: null }, now)).toEqual({
      kind: 'declined',
    })
  }
})

test('a number outside its bounds is not taken', () => {
  const step: AskStep = { kind: 'ask', text: { en: '?' }, answer: { kind: 'number', from: 1, to: 9 }, next: 'a' }
  const read = (text: string) => understand(step, text, { language: 'en', region: null }, now).kind
  expect([read('9'), read('10'), read('0')]).toEqual(['answer', 'not-understood', 'not-understood'])
})

test.each([
  ['sms', 'Sure, it is +47 406 12 345.', null, '+4740612345'],
  ['sms', 'call 40612345 after five', 'NO', '+4740612345'],
  ['sms', '٤٠٦١٢٣٤٥', 'NO', '+4740612345'],
  ['sms', '0171 2345678', null, '0171 2345678'],
  ['sms', '+49 900 1234567', 'DE', null],
  ['sms', '+47 12', null, null],
  ['sms', '40612345 or 40612346', 'NO', null],
  ['sms', 'at five', null, null],
  ['xmpp', 'Ana@Jabber.example, thanks', null, 'ana@jabber.example'],
  ['xmpp', 'xmpp:ana@jabber.example/phone', null, 'ana@jabber.example'],
  ['xmpp', 'a@b.example c@d.example', null, null],
  ['sip', 'It is sip:ana@phones.example.', null, 'sip:ana@phones.example'],
  ['sip', 'none', null, null],
] as const)('A12 for an address over %s, "%s" (from %s) gives %s', (medium, text, region, expected) => {
  expect(addressIn(medium, text, region)).toBe(expected)
})

test('answers that are made to be slow are read at once', () => {
  const spoken = { language: 'en', region: null }
  const nasty = [
    '1 234'.repeat(20_000),
    '1.'.repeat(50_000),
    'a@'.repeat(50_000),
    '1/'.repeat(50_000),
    'yes '.repeat(30_000),
    `${'x.'.repeat(40_000)}@`,
    'no '.repeat(40_000),
    '+(1)'.repeat(40_000),
    `${'1'.repeat(80_000)}x`,
  ]
  const kinds: AnswerKind[] = [
    { kind: 'text' },
    { kind: 'choice', choices },
    { kind: 'yes-no' },
    { kind: 'date' },
    { kind: 'number' },
    { kind: 'contact', medium: 'email', consent: { en: '' } },
    { kind: 'contact', medium: 'sms', consent: { en: '' } },
    { kind: 'contact', medium: 'sip', consent: { en: '' } },
  ]
  for (const text of nasty) {
    for (const answer of kinds) understand({ kind: 'ask', text: { en: '?' }, answer, next: 'a' }, text, spoken, now)
    wantsPerson(text)
  }
  expect(nasty).toHaveLength(9)
})
