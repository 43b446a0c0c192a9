import type { Script } from './script.ts'

/** A shop for pumps: three questions, a branch, a wait, a contact and a hand-over. */
export const pumps: Script = {
  format: 1,
  language: 'en',
  alias: 'Pia',
  begins: 'with-first-words',
  start: 'hello',
  steps: {
    hello: {
      kind: 'say',
      text: { en: 'I am asking around. Meanwhile:', de: 'Ich frage herum. Inzwischen:' },
      next: 'product',
      at: { x: 0, y: 0 },
    },
    product: {
      kind: 'ask',
      text: { en: 'What is it about?', de: 'Worum geht es?' },
      answer: {
        kind: 'choice',
        choices: [
          { value: 'pump', label: { en: 'A pump', de: 'Eine Pumpe' } },
          { value: 'hose', label: { en: 'A hose', de: 'Ein Schlauch' }, next: 'hoses' },
          { value: 'bill', label: { en: 'A bill', de: 'Eine Rechnung' }, next: 'office' },
        ],
      },
      fills: ['product'],
      next: 'leaks',
    },
    leaks: {
      kind: 'ask',
      text: { en: 'Does the {product} leak?', de: 'Ist {product} undicht?' },
      answer: { kind: 'yes-no', yes: 'since' },
      fills: ['answer:leaks'],
      next: 'end',
    },
    since: {
      kind: 'ask',
      text: { en: 'Since when?', de: 'Seit wann?' },
      answer: { kind: 'date' },
      fills: ['answer:since'],
      next: 'thanks',
    },
    thanks: { kind: 'say', text: { en: 'Since {since}, I see.', de: 'Seit {since} also.' }, next: 'pause' },
    pause: { kind: 'wait', ms: 60_000, next: 'contact' },
    contact: {
      kind: 'ask',
      text: { en: 'Where can we write to you?', de: 'Wohin dürfen wir schreiben?' },
      answer: {
        kind: 'contact',
        medium: 'email',
        consent: { en: 'We keep it to answer this question.', de: 'Wir behalten sie, um diese Frage zu beantworten.' },
      },
      reminder: { afterMs: 120_000, text: { en: 'Are you still there?', de: 'Sind Sie noch da?' } },
      patienceMs: 600_000,
      next: 'end',
    },
    hoses: {
      kind: 'ask',
      text: { en: 'How long is it, in metres?' },
      answer: { kind: 'number', from: 1, to: 100 },
      keep: 'metres',
      next: 'long',
    },
    long: {
      kind: 'branch',
      cases: [{ when: [{ test: 'between', of: 'metres', from: 50 }], next: 'office' }],
      otherwise: 'end',
    },
    office: {
      kind: 'hand-over',
      text: { en: 'The office knows.' },
      to: { teams: ['office'], facts: { topic: ['bills'] } },
    },
    end: { kind: 'end', text: { en: 'Somebody will be with you soon.', de: 'Gleich ist jemand da.' } },
  },
  rules: [
    {
      when: [{ test: 'contains', of: 'said', words: ['fire', 'flood*'] }],
      text: { en: 'At once!' },
      to: { teams: ['emergency'] },
    },
    {
      when: [
        { test: 'is', of: 'leaks', value: 'no' },
        { test: 'language', oneOf: ['de'] },
      ],
      to: { people: ['greta'] },
    },
  ],
}
