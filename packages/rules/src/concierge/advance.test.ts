import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance, newRun } from './advance.ts'
import { checkScript } from './check-script.ts'
import type { Known } from './known.ts'
import { pumps } from './pumps.test-data.ts'
import type { Advanced, RunEvent } from './run.ts'
import { mostUnanswered, type Script } from './script.ts'

const english: Known = { language: 'en', facts: {} }
const german: Known = { language: 'de', facts: {} }
const start = Date.parse('2026-11-22T10:00:00Z')

/** Plays a script: texts are what the visitor says, numbers are milliseconds that pass. */
function play(
  script: Script,
  known: Known,
  ...events: (string | number)[]
): Advanced & { lines: string[]; whole: Advanced[] } {
  let now = start
  let state = newRun(script)
  const whole: Advanced[] = []
  for (const event of events) {
    if (typeof event === 'number') now += event
    const happened: RunEvent =
      typeof event === 'number'
        ? { kind: 'time' }
        : state.phase === 'not-begun'
          ? { kind: 'begun', said: event }
          : { kind: 'said', text: event }
    const advanced = advance(script, state, happened, known, new Date(now))
    state = advanced.state
    whole.push(advanced)
  }
  const last = whole.at(-1)
  if (!last) throw new Error('nothing happened')
  return { ...last, lines: whole.flatMap(({ says }) => says.map(({ text }) => text)), whole }
}

describe('B1 the concierge asks, branches and fills in what is known', () => {
  test('questions follow each other, and each answer tells its facts at once', () => {
    const played = play(pumps, english, 'My pump drips', '1', 'yes', 'yesterday')
    expect(played.lines).toEqual([
      'I am asking around. Meanwhile:',
      'What is it about?',
      'Does the A pump leak?',
      'Since when?',
      'Since November 21, 2026, I see.',
    ])
    expect(played.whole.flatMap(({ facts }) => facts)).toEqual([
      { about: 'product', values: ['pump'], question: 'What is it about?', shown: 'A pump' },
      { about: 'answer:leaks', values: ['yes'], question: 'Does the A pump leak?', shown: 'Yes' },
      { about: 'answer:since', values: ['2026-11-21'], question: 'Since when?', shown: 'November 21, 2026' },
    ])
    expect(played.then).toEqual({ kind: 'wait', until: start + 60_000 })
  })

  test('yes goes on, no goes elsewhere', () => {
    expect(play(pumps, english, 'Hi', 'a pump', 'no').then).toEqual({ kind: 'done', because: 'end' })
    expect(play(pumps, english, 'Hi', 'a pump', 'yes').then).toEqual({ kind: 'waiting-for-answer', until: null })
  })

  test('it speaks the language of the visitor, and its own where that is missing', () => {
    expect(play(pumps, german, 'Hallo', 'Ein Schlauch').lines).toEqual([
      'Ich frage herum. Inzwischen:',
      'Worum geht es?',
      'How long is it, in metres?',
    ])
  })

  test('a choice is offered in the words of the visitor', () => {
    expect(play(pumps, german, 'Hallo').says.at(-1)?.question).toEqual({
      kind: 'choice',
      choices: ['Eine Pumpe', 'Ein Schlauch', 'Eine Rechnung'],
    })
  })

  test('a branch looks at what was answered', () => {
    expect(play(pumps, english, 'Hi', 'hose', '50').then.kind).toBe('hand-over')
    expect(play(pumps, english, 'Hi', 'hose', '49').then.kind).toBe('done')
  })

  test('what is not understood is asked again twice, kindly, and then it goes on', () => {
    const played = play(pumps, english, 'Hi', 'hose', 'long', 'very long', 'very very long')
    expect(played.lines.slice(2)).toEqual([
      'How long is it, in metres?',
      'Sorry, I did not quite get that. Which number is it?\nHow long is it, in metres?',
      'Sorry, I did not quite get that. Which number is it?\nHow long is it, in metres?',
      'Somebody will be with you soon.',
    ])
    expect(played.passed.map(({ what }) => what)).toContain('gave-up')
  })

  test('who would rather not say is not asked again', () => {
    expect(play(pumps, english, 'Hi', 'hose', 'I don’t know').lines.at(-1)).toBe('Somebody will be with you soon.')
  })

  test('a wait ends with its time, and no sooner, and with a word', () => {
    const before = ['Hi', 'pump', 'yes', 'today'] as const
    expect(play(pumps, english, ...before, 59_999).lines.at(-1)).toBe('Since November 22, 2026, I see.')
    expect(play(pumps, english, ...before, 60_000).lines.at(-1)).toBe('Where can we write to you?')
    expect(play(pumps, english, ...before, 'hello?').lines.at(-1)).toBe('Where can we write to you?')
  })

  test('the visitor is reminded once, and after a while it goes on without an answer', () => {
    const before = ['Hi', 'pump', 'yes', 'today', 60_000] as const
    expect(play(pumps, english, ...before, 119_999).says).toEqual([])
    const reminded = play(pumps, english, ...before, 120_000)
    expect(reminded.lines.at(-1)).toBe('Are you still there?')
    expect(reminded.then).toEqual({ kind: 'waiting-for-answer', until: start + 660_000 })
    expect(play(pumps, english, ...before, 120_000, 1_000).says).toEqual([])
    expect(play(pumps, english, ...before, 120_000, 480_000).then.kind).toBe('done')
  })

  test('an address is taken with the consent that was read, and told to nobody who is asked for help', () => {
    const before = ['Hi', 'pump', 'yes', 'today', 60_000] as const
    const played = play(pumps, english, ...before, 'Write to ana@example.org')
    expect(played.contact).toEqual({
      medium: 'email',
      value: 'ana@example.org',
      consent: 'We keep it to answer this question.',
    })
    expect(played.facts).toEqual([])
    expect(played.lines.at(-1)).toMatch(/code of six digits/)
    const asked = play(pumps, english, ...before)
    const without = { kind: 'said', text: 'ana@example.org', consents: false } as const
    const refused = advance(pumps, asked.state, without, english, new Date(start + 60_000))
    expect([refused.contact, refused.then.kind]).toEqual([null, 'done'])
  })

  test('the code that went to an address is awaited: right it is thanked for, wrong it is asked for again, and something else goes on', () => {
    const asked = play(pumps, english, 'Hi', 'pump', 'yes', 'today', 60_000, 'ana@example.org')
    const now = new Date(start + 60_000)
    const hear = (state: typeof asked.state, code?: 'right' | 'wrong') =>
      advance(pumps, state, { kind: 'said', text: '123456', ...(code ? { code } : {}) }, english, now)
    expect(hear(asked.state, 'right').says.map(({ text }) => text)).toEqual([
      'Thank you! Answers will reach you there too.',
      'Somebody will be with you soon.',
    ])
    const wrong = hear(asked.state, 'wrong')
    expect([wrong.says[0]?.text, wrong.then.kind]).toEqual([
      'That is not the code that I sent. Would you look again?',
      'waiting-for-answer',
    ])
    expect(hear(hear(wrong.state, 'wrong').state, 'wrong').then.kind).toBe('done')
    expect(hear(asked.state).then.kind).toBe('done')
    expect(advance(pumps, asked.state, { kind: 'nothing-to-confirm' }, english, now).then.kind).toBe('done')
    const late = new Date(now.getTime() + 900_000)
    expect(advance(pumps, asked.state, { kind: 'time' }, english, late).then.kind).toBe('done')
  })

  test('what is known already is not asked', () => {
    const script: Script = {
      ...pumps,
      steps: { ...pumps.steps, product: { ...pumps.steps.product, unlessKnown: true } as Script['steps'][string] },
    }
    expect(checkScript(script).ok).toBe(true)
    expect(play(script, { language: 'en', facts: { product: ['hose'] } }, 'Hi').lines.at(-1)).toBe(
      'How long is it, in metres?',
    )
    expect(play(script, { language: 'en', facts: { product: ['pump'] } }, 'Hi').lines.at(-1)).toBe(
      'Does the A pump leak?',
    )
    expect(play(script, english, 'Hi').lines.at(-1)).toBe('What is it about?')
  })

  test('a word in braces that the visitor writes is nothing but a word', () => {
    const script: Script = {
      ...pumps,
      start: 'name',
      steps: {
        name: { kind: 'ask', text: { en: 'Name?' }, answer: { kind: 'text' }, next: 'hi' },
        hi: { kind: 'say', text: { en: 'Hello {name}' }, next: 'end' },
        end: { kind: 'end' },
      },
      rules: [],
    }
    expect(play(script, english, 'Hi', '{said} {constructor}').lines.at(-1)).toBe('Hello {said} {constructor}')
  })
})

describe('A16 when what was said calls for it, its part ends', () => {
  test('a keyword hands over at once, before anything is asked too', () => {
    for (const events of [['My cellar is flooded'], ['Hi', 'pump', 'There is a fire']]) {
      const played = play(pumps, english, ...events)
      expect(played.then).toEqual({
        kind: 'hand-over',
        to: { teams: ['emergency'] },
        because: { kind: 'rule', rule: 0 },
      })
      expect(played.lines.at(-1)).toBe('At once!')
    }
  })

  test('an answer hands over, with the fact that it told', () => {
    const played = play(pumps, german, 'Hallo', 'Pumpe', 'nein')
    expect(played.then).toEqual({ kind: 'hand-over', to: { people: ['greta'] }, because: { kind: 'rule', rule: 1 } })
    expect(played.facts).toEqual([
      { about: 'answer:leaks', values: ['no'], question: 'Ist Eine Pumpe undicht?', shown: 'Nein' },
    ])
  })

  test('a wish for a person hands over at once, whatever was asked', () => {
    for (const events of [
      ['I want to talk to a human'],
      ['Hi', 'Can I speak to a real person?'],
      ['Hi', 'pump', 'yes', 'today', 'agent please'],
    ]) {
      expect(play(pumps, english, ...events).then).toEqual({
        kind: 'hand-over',
        to: {},
        because: { kind: 'wants-person' },
      })
    }
  })

  test('a choice that was offered is an answer and no wish', () => {
    const script: Script = {
      ...pumps,
      start: 'who',
      steps: {
        who: {
          kind: 'ask',
          text: { en: 'Who?' },
          answer: {
            kind: 'choice',
            choices: [
              { value: 'h', label: { en: 'A human' } },
              { value: 'r', label: { en: 'A robot' } },
            ],
          },
          next: 'end',
        },
        end: { kind: 'end' },
      },
      rules: [],
    }
    expect(play(script, english, 'Hi', 'A human').then).toEqual({ kind: 'done', because: 'end' })
  })

  test('a rule says to whom a wish for a person leads', () => {
    const script: Script = { ...pumps, rules: [{ when: [{ test: 'wants-person' }], to: { teams: ['people'] } }] }
    expect(play(script, english, 'Hi', 'human please').then).toEqual({
      kind: 'hand-over',
      to: { teams: ['people'] },
      because: { kind: 'wants-person' },
    })
  })

  test('once its part is over, it says nothing more', () => {
    const played = play(pumps, english, 'Hi', 'human please', 'Hello?', 999_999)
    expect([played.says, played.then]).toEqual([[], { kind: 'done', because: 'was-over' }])
  })
})

const steps = ['a', 'b', 'c', 'd', 'e', 'f']
const anyStep = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('say'),
      text: fc.constant({ en: 'Hm {topic}' }),
      next: fc.constantFrom(...steps),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        kind: fc.constant('ask'),
        text: fc.constant({ en: 'What?' }),
        answer: fc.constantFrom<object>(
          { kind: 'text' },
          { kind: 'yes-no', yes: 'b', no: 'c' },
          { kind: 'number' },
          { kind: 'date' },
        ),
        fills: fc.constantFrom(['topic'], ['region'], []),
        unlessKnown: fc.boolean(),
        next: fc.constantFrom(...steps),
        patienceMs: fc.constantFrom(1_000, 60_000),
        reminder: fc.constant({ afterMs: 2_000, text: { en: 'Still there?' } }),
      },
      { requiredKeys: ['kind', 'text', 'answer', 'next'] },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('branch'),
      cases: fc.constant([{ when: [{ test: 'known', of: 'topic' }], next: 'd' }]),
      otherwise: fc.constantFrom(...steps),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wait'),
      ms: fc.constantFrom(1_000, 5_000),
      next: fc.constantFrom(...steps),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('set'),
      variable: fc.constant('v'),
      to: fc.constant('{topic}!'),
      next: fc.constantFrom(...steps),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'hand-over', to: {} }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'end' }) },
)
const anyScript = fc.tuple(...steps.map(() => anyStep)).map((list) => ({
  format: 1,
  language: 'en',
  begins: 'at-entry',
  start: 'a',
  steps: Object.fromEntries(list.map((step, index) => [steps[index], step])),
}))
const anyEvent = fc.oneof(
  fc.constantFrom('yes', 'no', '12', 'tomorrow', 'what?', '', 'skip'),
  fc.constantFrom(0, 1_000, 2_000, 5_000, 60_000),
)

test('B1 whatever a checked script says, it always comes to a stand, and never talks on and on to somebody who says nothing', () => {
  let taken = 0
  fc.assert(
    fc.property(anyScript, fc.array(anyEvent, { minLength: 1, maxLength: 60 }), (value, events) => {
      const checked = checkScript(value)
      if (!checked.ok) return
      taken += 1
      let unanswered = 0
      for (const { says, then } of play(checked.script, english, '', ...events).whole) {
        unanswered += says.length
        // A hand-over, an end and a reminder may have one word more.
        expect(says.length).toBeLessThanOrEqual(mostUnanswered + 1)
        expect(then).toBeDefined()
      }
      if (!events.some((event) => typeof event === 'string' && event !== ''))
        expect(unanswered).toBeLessThanOrEqual(mostUnanswered + 2)
    }),
    { numRuns: 5_000, seed: 20261122 },
  )
  // Else nothing was shown.
  expect(taken).toBeGreaterThan(300)
})

test('B1 every checked script ends for somebody who goes on answering, and for somebody who never does', () => {
  let taken = 0
  fc.assert(
    fc.property(anyScript, fc.constantFrom('yes', 'no', '12', 'what?'), (value, answer) => {
      const checked = checkScript(value)
      if (!checked.ok) return
      taken += 1
      const silent = play(checked.script, english, '', ...Array.from({ length: 40 }, () => 7 * 86_400_000))
      expect(['done', 'hand-over', 'waiting-for-words', 'waiting-for-answer']).toContain(silent.then.kind)
      const talking = play(checked.script, english, '', ...Array.from({ length: 1_200 }, () => answer))
      expect(['done', 'hand-over']).toContain(talking.then.kind)
    }),
    { numRuns: 300, seed: 20261122 },
  )
  expect(taken).toBeGreaterThan(20)
})

test('B1 the same state, event, knowledge and time give the same, also after a crash', () => {
  const { state } = play(pumps, english, 'Hi', 'pump')
  const again = () =>
    advance(pumps, JSON.parse(JSON.stringify(state)), { kind: 'said', text: 'yes' }, english, new Date(start))
  expect(again()).toEqual(again())
})
