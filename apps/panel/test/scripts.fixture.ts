import type { Script, ScriptFunnel, ScriptList, ScriptView, TriedScript } from '@parley/protocol'

const at = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

/** Three questions with a branch, in two languages. */
export const script: Script = {
  format: 1,
  language: 'en',
  alias: 'Harbour assistant',
  begins: 'with-first-words',
  start: 'topic',
  steps: {
    topic: {
      kind: 'ask',
      text: { en: 'While I look for somebody: is it about an order or a repair?', de: 'Bestellung oder Reparatur?' },
      answer: {
        kind: 'choice',
        choices: [
          { value: 'order', label: { en: 'An order', de: 'Bestellung' }, next: 'number' },
          { value: 'repair', label: { en: 'A repair', de: 'Reparatur' }, next: 'hurry' },
          { value: 'other', label: { en: 'Something else', de: 'Etwas anderes' } },
        ],
      },
      fills: ['answer:topic'],
      next: 'hand-over-1',
      reminder: { afterMs: 60_000, text: { en: 'Are you still there?' } },
    },
    number: {
      kind: 'ask',
      text: { en: 'What is the order number?' },
      answer: { kind: 'number', from: 1000 },
      keep: 'order',
      fills: ['answer:order'],
      next: 'is-old',
      otherwise: 'hand-over-1',
    },
    'is-old': {
      kind: 'branch',
      cases: [{ when: [{ test: 'between', of: 'order', to: 4999 }], next: 'old' }],
      otherwise: 'hand-over-1',
    },
    old: {
      kind: 'say',
      text: { en: 'Order {order} is from before the move; the archive helps you.' },
      next: 'hand-over-1',
    },
    hurry: {
      kind: 'ask',
      text: { en: 'Do you need the bike back within two days?', de: 'Brauchen Sie das Rad in zwei Tagen?' },
      answer: { kind: 'yes-no', yes: 'mail', no: 'hand-over-1' },
      next: 'hand-over-1',
    },
    mail: {
      kind: 'ask',
      text: { en: 'Where can the workshop write to you?' },
      answer: {
        kind: 'contact',
        medium: 'email',
        consent: { en: 'The workshop may write to me there about this repair.' },
      },
      next: 'wait-1',
    },
    'wait-1': { kind: 'wait', ms: 120_000, next: 'hand-over-1' },
    'hand-over-1': { kind: 'hand-over', text: { en: 'Thank you. Somebody will be here in a moment.' }, to: {} },
  },
}

const summary = {
  id: '0190a000-0000-7000-8000-000000000501',
  name: 'Orders and repairs',
  isOn: true,
  version: 3,
  savedAt: at(5),
  chosenBy: { sites: ['0190a000-0000-7000-8000-000000000051'], urls: ['https://shop.example/help/*'] },
  begins: 'with-first-words' as const,
  runs: 412,
  remarks: 0,
}

export const scriptList: ScriptList = {
  scripts: [
    summary,
    {
      ...summary,
      id: '0190a000-0000-7000-8000-000000000502',
      name: 'Plants',
      isOn: false,
      version: 1,
      chosenBy: {},
      runs: 0,
      remarks: 2,
    },
  ],
}

export const scriptView: ScriptView = {
  ...summary,
  script,
  shown: 3,
  versions: [
    { version: 3, savedAt: at(5), savedBy: 'Bo' },
    { version: 2, savedAt: at(50), savedBy: 'Heather' },
    { version: 1, savedAt: at(500), savedBy: null },
  ],
  problems: [],
}

export const funnel: ScriptFunnel = {
  version: 3,
  runs: 412,
  steps: [
    { step: 'topic', reached: 412, answered: 351, left: 38, handedOver: 3, silenced: 20 },
    { step: 'number', reached: 190, answered: 150, left: 30, handedOver: 0, silenced: 10 },
    { step: 'is-old', reached: 150, answered: 0, left: 0, handedOver: 0, silenced: 0 },
    { step: 'old', reached: 31, answered: 0, left: 0, handedOver: 0, silenced: 0 },
    { step: 'hurry', reached: 121, answered: 104, left: 9, handedOver: 0, silenced: 8 },
    { step: 'mail', reached: 61, answered: 33, left: 25, handedOver: 0, silenced: 3 },
    { step: 'wait-1', reached: 33, answered: 0, left: 0, handedOver: 0, silenced: 0 },
    { step: 'hand-over-1', reached: 266, answered: 0, left: 0, handedOver: 266, silenced: 0 },
  ],
  ended: { running: 0, done: 0, 'handed-over': 269, silenced: 41, left: 102 },
}

export const tried: TriedScript = {
  lines: [
    { from: 'visitor', text: 'Hello, my chain slips.' },
    {
      from: 'concierge',
      text: 'While I look for somebody: is it about an order or a repair?',
      step: 'topic',
      choices: ['An order', 'A repair', 'Something else'],
    },
  ],
  // biome-ignore lint/suspicious/noThenProperty: what happens then, in the words of the contract
  then: 'waiting-for-answer',
  step: 'topic',
  goesOnInMs: 60_000,
  variables: {},
  facts: { 'answer:topic': ['repair'] },
  warnings: [],
}
