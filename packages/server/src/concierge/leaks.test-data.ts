import type { Script } from '@parley/rules'

/** Two questions, a reminder, and a wait before the end. */
export const leaks: Script = {
  format: 1,
  language: 'en',
  alias: 'Pia',
  begins: 'with-first-words',
  start: 'hello',
  steps: {
    hello: { kind: 'say', text: { en: 'I am asking around.' }, next: 'leaks' },
    leaks: {
      kind: 'ask',
      text: { en: 'Does it leak?' },
      answer: { kind: 'yes-no', no: 'end' },
      fills: ['answer:leaks'],
      next: 'since',
    },
    since: {
      kind: 'ask',
      text: { en: 'Since when?' },
      answer: { kind: 'date' },
      reminder: { afterMs: 120_000, text: { en: 'Are you still there?' } },
      patienceMs: 600_000,
      next: 'thanks',
      otherwise: 'end',
    },
    thanks: { kind: 'say', text: { en: 'Thank you.' }, next: 'pause' },
    pause: { kind: 'wait', ms: 30_000, next: 'end' },
    end: { kind: 'end', text: { en: 'Somebody will be with you soon.' } },
  },
}
