import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutReply, withoutCuts } from './cut-reply.ts'

const clues = { ownDomains: ['desk.example.net'] }
const visible = (full: string) => withoutCuts(full, cutReply(full, clues))
const US = 'c-7f3a@desk.example.net'

/** How mail programs of twenty languages introduce what they quote. */
const attributions = [
  `On Tue, Mar 4, 2025 at 9:00 AM Shop <${US}> wrote:`,
  `Am Di., 4. März 2025 um 09:00 Uhr schrieb Shop <${US}>:`,
  `Le mar. 4 mars 2025 à 09:00, Shop <${US}> a écrit :`,
  `El mar, 4 mar 2025 a las 9:00, Shop (<${US}>) escribió:`,
  `Il giorno mar 4 mar 2025 alle ore 09:00 Shop <${US}> ha scritto:`,
  `Em ter., 4 de mar. de 2025 às 09:00, Shop <${US}> escreveu:`,
  `Op di 4 mrt 2025 om 09:00 schreef Shop <${US}>:`,
  `Den tis 4 mars 2025 kl 09:00 skrev Shop <${US}>:`,
  `ti 4. maalisk. 2025 klo 9.00 Shop (${US}) kirjoitti:`,
  `wt., 4 mar 2025 o 09:00 Shop <${US}> napisał(a):`,
  `út 4. 3. 2025 v 9:00 odesílatel Shop <${US}> napsal:`,
  `вт, 4 мар. 2025 г. в 09:00, Shop <${US}>:`,
  `вт, 4 бер. 2025 р. о 09:00 Shop <${US}> пише:`,
  `Shop <${US}>, 4 Mar 2025 Sal, 09:00 tarihinde şunu yazdı:`,
  `Shop <${US}> ezt írta (időpont: 2025. márc. 4., K, 9:00):`,
  `2025年3月4日(火) 9:00 Shop <${US}>:`,
  `Shop <${US}> 于2025年3月4日周二 09:00写道：`,
  `2025년 3월 4일 (화) 오전 9:00, Shop <${US}>님이 작성:`,
  `‫בתאריך יום ג׳, 4 במרץ 2025 ב-9:00 מאת ‪Shop‬‏ <‪${US}‬‏>:‬`,
  `في الثلاثاء، ٤ مارس ٢٠٢٥ في ٩:٠٠ ص تمت كتابة ما يلي بواسطة Shop <${US}>:`,
]

test.each(attributions)('A9: what stands below "%s" is cut, quoted or not, wrapped or not', (line) => {
  const wrapped = line.replace(` <`, '\n<')
  for (const heading of [line, wrapped]) {
    expect(visible(`My answer.\n\n${heading}\n\n> Are you open?\n> Thanks\n`)).toBe('My answer.')
    expect(visible(`My answer.\n\n${heading}\n\nAre you open?\nThanks\n`)).toBe('My answer.')
  }
})

test('A9: the address a reply was written to gives its attribution away, also where no domain is known to be ours', () => {
  const full = `Yes.\n\nAr Maw, 4 Maw 2025 am 09:00 ysgrifennodd Shop <${US}>:\n\nOpen?`
  const cuts = cutReply(full, { ownDomains: [], writtenTo: [US] })
  expect(withoutCuts(full, cuts)).toBe('Yes.')
})

const words = fc.array(
  fc.constantFrom(
    'yes',
    'No',
    'Sunday',
    '10:30',
    'see',
    'https://example.com/a',
    'we',
    '42',
    'Ja,',
    'はい',
    'نعم',
    'ok.',
  ),
  { minLength: 1, maxLength: 12 },
)
const sentence = words.map((list) => list.join(' '))
const quoted = fc
  .array(sentence, { minLength: 1, maxLength: 4 })
  .map((lines) => lines.map((line) => `> ${line}`).join('\n'))

test('A9: words between and below quoted lines all stay, in 2,000 random replies', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...attributions),
      fc.array(fc.tuple(quoted, sentence), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('\n', '\n\n'),
      (heading, turns, gap) => {
        const full = `${heading}\n${turns.map(([quote, answer]) => `${quote}${gap}${answer}`).join(gap)}\n`
        const shown = visible(full)
        for (const [, answer] of turns) expect(shown).toContain(answer)
      },
    ),
    { numRuns: 2000, seed: 20250304 },
  )
})

test('A9: words above the quote all stay, in 2,000 random replies', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...attributions),
      fc.array(sentence, { minLength: 1, maxLength: 8 }),
      quoted,
      (heading, lines, quote) => {
        expect(visible(`${lines.join('\n')}\n\n${heading}\n${quote}\n`)).toBe(lines.join('\n'))
      },
    ),
    { numRuns: 2000, seed: 20250305 },
  )
})

test('A9: cuts lie in order inside the text, do not overlap, and never leave nothing, whatever the text', () => {
  const line = fc.oneof(
    sentence,
    quoted,
    fc.constantFrom(
      ...attributions,
      '-- ',
      '--',
      '',
      '>',
      'From: a@b.c',
      'Subject: x',
      'To: y',
      '-----Original Message-----',
      'Sent from my iPhone',
      'Best regards',
      '+49 30 1234567',
    ),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const full = lines.join('\n')
      const cuts = cutReply(full, clues)
      let last = 0
      for (const cut of cuts) {
        expect(cut.from).toBeGreaterThanOrEqual(last)
        expect(cut.to).toBeGreaterThan(cut.from)
        expect(cut.to).toBeLessThanOrEqual(full.length)
        last = cut.to
      }
      if (full.trim() !== '') expect(withoutCuts(full, cuts).trim()).not.toBe('')
    }),
    { numRuns: 3000, seed: 20250306 },
  )
})

test.each([
  ['a sentence with an address and a date', 'Write to bob@example.com on 2025-03-04 at 10:00:\n\nHe knows the way.'],
  ['a list after a colon', 'Open:\n- Monday\n- Tuesday'],
  [
    'own emphasis with dashes',
    'First part\n\n---\n\nSecond part, which is much longer than a signature would be and goes on for a while, about pumps.',
  ],
  ['a sign-off without contact details', 'Yes, we are.\n\nThanks,\nAna'],
  ['two labelled lines of the writer', 'From: Berlin\nTo: Hamburg\n\nby train, please'],
  ['a quotation the writer introduces', 'You asked:\n> open on Sunday?\nYes.'],
  [
    'a word about being sent from somewhere',
    'Sent from the shop today, tracking 12345, and more follows tomorrow when the van is back.\nPlease wait.',
  ],
  ['our address in the middle of a sentence', `The mail to ${US} bounced yesterday at 10:00, on 4 March 2025. Why?`],
])('A9: %s is the writer’s own and stays', (_, full) => {
  expect(visible(full)).toBe(full)
})

test('A9: a phone’s footer, a delimited signature and a list’s footer go, one click away', () => {
  const full = 'Yes.\n\nSent from my iPhone\n\n-- \nAna\n+49 30 1234567\n'
  const cuts = cutReply(full, clues)
  expect(withoutCuts(full, cuts)).toBe('Yes.')
  expect(cuts.every(({ why }) => why === 'signature')).toBe(true)
  expect(
    visible(
      'Yes.\n_______________________________________________\nplants mailing list\nhttps://lists.example.org/plants\n',
    ),
  ).toBe('Yes.')
})

test('A9: what is written below a mail of ours that was quoted whole stands alone, one written below a chosen line keeps the line', () => {
  const help = '-- Please reply above this line --'
  const shown = (full: string) => withoutCuts(full, cutReply(full, { ...clues, replyAboveLines: [help] }))
  const whole = `Visitor <${US}> wrote:\n\n> ${help}\n>\n> Visitor wrote:\n>\n> Are you open?\n> On Sunday too?\n`
  expect(shown(`${whole}\nYes.\nBoth.\n`)).toBe('Yes.\nBoth.')
  const between = `Visitor <${US}> wrote:\n\n> ${help}\n>\n> Visitor wrote:\n>\n> Are you open?\n\nYes.\n\n> On Sunday too?\n\nNo.\n`
  expect(shown(between)).toBe('> Are you open?\n\nYes.\n\n> On Sunday too?\n\nNo.')
  expect(shown(`Visitor <${US}> wrote:\n> On Sunday too?\n\nYes.\n`)).toContain('> On Sunday too?')
})

test('A9: when everything would be cut nothing is', () => {
  const forward =
    'Begin forwarded message:\n\nFrom: Bob <bob@example.com>\nDate: 4 March 2025\nSubject: Pumps\n\n20 euros each.'
  expect(cutReply(forward, clues)).toEqual([])
  expect(cutReply('> only\n> quoted', clues)).toEqual([])
})
