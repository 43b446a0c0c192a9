import { describe, expect, test } from 'vitest'
import { classify, packTopics, trainTopics, unpackTopics } from './index.ts'

const examples = [
  ...told('delivery', [
    'Where is my parcel?',
    'My order has not arrived',
    'When will you ship my order',
    'The parcel is late again',
    'Track my delivery please',
    'Wo bleibt mein Paket?',
    'Meine Lieferung ist nicht angekommen',
    'Wann wird meine Bestellung verschickt',
    '荷物が届きません',
    '荷物はいつ届きますか',
  ]),
  ...told('billing', [
    'I was charged twice',
    'There is a mistake on my invoice',
    'Can I get a receipt',
    'How do I pay by bank transfer',
    'Refund my payment please',
    'Die Rechnung stimmt nicht',
    'Ich habe doppelt bezahlt',
    'Bitte erstatten Sie den Betrag',
    '請求書が間違っています',
    '支払い方法を教えてください',
  ]),
  ...told('repair', [
    'The tap is leaking',
    'My kettle is broken',
    'It does not switch on any more',
    'The hinge came off, can you mend it',
    'The display is cracked',
    'Der Wasserhahn tropft',
    'Das Gerät geht nicht mehr an',
    'Die Kanne ist kaputt',
    '電源が入りません',
    '画面が割れました',
  ]),
]

function told(label: string, texts: readonly string[]) {
  return texts.map((text) => ({ text, label }))
}

function trained(lesson: Parameters<typeof trainTopics>[0] = { examples }) {
  const training = trainTopics(lesson)
  if (!training.ok) throw new Error(training.refusal)
  return training
}

describe('topics', () => {
  const { model, report } = trained()

  test.each([
    ['my parcel still has not arrived', 'delivery'],
    ['you charged me twice, refund please', 'billing'],
    ['the kettle is leaking', 'repair'],
    ['Mein Paket ist immer noch nicht angekommen', 'delivery'],
    ['die Rechnung ist doppelt', 'billing'],
    ['荷物がまだ届きません', 'delivery'],
    ['MY  PÁRCEL, it has not ARRIVED!!', 'delivery'],
  ])('D3: "%s" is about %s, learned from examples in several languages at once', (text, topic) => {
    expect(classify(model, text).ranked[0]?.label).toBe(topic)
  })

  test('D3: confidences are shares of one, likeliest first', () => {
    const { ranked } = classify(model, 'where is my parcel')
    expect(ranked.map(({ label }) => label).sort()).toEqual(['billing', 'delivery', 'repair'])
    expect(ranked.reduce((sum, { confidence }) => sum + confidence, 0)).toBeCloseTo(1)
    expect(ranked.map(({ confidence }) => confidence)).toEqual(
      ranked.map(({ confidence }) => confidence).sort((a, b) => b - a),
    )
  })

  test('D3: between two topics that are as likely, the two are asked about', () => {
    const reading = classify(model, 'the parcel has a mistake on the invoice', { sureFrom: 0.95 })
    expect(reading).toMatchObject({ known: true, topic: null })
    expect([...(reading.ask ?? [])].sort()).toEqual(['billing', 'delivery'])
    expect(classify(model, 'where is my parcel?', { sureFrom: 0.3 })).toMatchObject({ topic: 'delivery', ask: null })
  })

  test.each(['', '   ', '?!', 'Ψ', 'xylophone zebra quartz'])('D3: "%s" is about none of the topics', (text) => {
    expect(classify(model, text)).toMatchObject({ known: false, topic: null, ask: null })
  })

  test('D3: the same examples make the same model, and the same questions the same reading', () => {
    expect(packTopics(trained().model)).toEqual(packTopics(model))
    expect(trained().report).toEqual(report)
  })

  test('D3: a stored model reads as the one it was made from', () => {
    // As a database driver hands it over: a window into a larger piece of memory.
    const again = unpackTopics(Buffer.from(packTopics(model)))
    if (!again) throw new Error('not read')
    for (const { text } of examples) expect(classify(again, text)).toEqual(classify(model, text))
  })

  test('a model of another version, or half of one, is refused rather than believed', () => {
    const packed = packTopics(model)
    const other = new TextEncoder().encode(new TextDecoder('latin1').decode(packed).replace('"format":1', '"format":9'))
    expect(unpackTopics(packed.subarray(0, packed.length - 1))).toBeNull()
    expect(unpackTopics(other)).toBeNull()
    expect(unpackTopics(new Uint8Array())).toBeNull()
    expect(unpackTopics(new TextEncoder().encode('\u0002\0\0\0{]'))).toBeNull()
  })

  test('D3: what is measured comes from examples that were held back, and names what is taken for what', () => {
    const mixed = trained({
      examples: [
        ...examples,
        ...told('delivery', ['the invoice', 'a receipt for the invoice', 'pay the invoice by transfer']),
      ],
    })
    expect(mixed.report.heldBack).toBe(33)
    expect(mixed.report.accuracy).toBeGreaterThan(0.3)
    expect(mixed.report.accuracy).toBeLessThan(1)
    expect(mixed.report.confusions).toContainEqual(expect.objectContaining({ asked: 'delivery', takenFor: 'billing' }))
    expect(mixed.report.topics.map(({ label, examples: count }) => [label, count])).toEqual([
      ['billing', 10],
      ['delivery', 13],
      ['repair', 10],
    ])
  })

  test('D3: a keyword teaches a topic that its examples do not show', () => {
    const hinted = trained({ examples, hints: [{ text: 'warranty', label: 'repair' }] })
    expect(classify(model, 'warranty').known).toBe(false)
    expect(classify(hinted.model, 'is this under warranty').ranked[0]?.label).toBe('repair')
    expect(hinted.report.heldBack).toBe(30)
  })

  test('D3: examples of none of the topics push such questions away', () => {
    const strange = [
      'what is the weather tomorrow',
      'will the weather be fine on sunday',
      'weather in the mountains tomorrow',
    ]
    const { model: taught } = trained({ examples: [...examples, ...strange.map((text) => ({ text, label: null }))] })
    expect(classify(taught, 'how will the weather be tomorrow').known).toBe(false)
  })

  test.each([
    ['one topic', examples.filter(({ label }) => label === 'repair'), 'too-few-topics'],
    ['nothing', [], 'too-few-topics'],
    [
      'blank lines',
      [
        { text: ' ', label: 'a' },
        { text: '', label: 'b' },
      ],
      'too-few-topics',
    ],
  ] as const)('from %s nothing is learned, and it is said why', (_, few, refusal) => {
    expect(trainTopics({ examples: few })).toEqual({ ok: false, refusal })
  })

  test('a text of a million characters is read as far as a question goes', () => {
    const long = `where is my parcel ${'lorem '.repeat(170_000)}`
    expect(classify(model, long).ranked).toEqual(classify(model, long.slice(0, 2_000)).ranked)
    expect(classify(model, 'a'.repeat(1_000_000)).ranked).toHaveLength(3)
  })
})
