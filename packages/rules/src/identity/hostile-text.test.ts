import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { findIdentities } from './find-identities.ts'

const SIZE = 100_000

// Each repeats what one of the searches begins with or almost accepts.
const PIECES = [
  ...[
    '1',
    '1 ',
    '1-',
    '1()',
    '٠ ',
    '1\u200b',
    '4111 ',
    '7121115678 ',
    '0171 1234567 ',
    '00123456789012 ',
    '+',
    '+1 ',
    '(',
    '1.1.',
    '1:1',
  ],
  ...[
    'a',
    ' ',
    '.',
    '@',
    'a@',
    'b@a.',
    'a@b. ',
    '"',
    '"@',
    '%40',
    '(at) ',
    'joe at ',
    'a at b dot ',
    'joe (at) example (dot) ',
    'dot ',
  ],
  ...['::', 'a:', 'f:', 'ab12 ', 'DE89 3704 ', 'http://', 'http://a.', 'www.', 'a.co/', '-', 'mailto:', 'skype:'],
  ...[
    'one ',
    'one 1 ',
    '一',
    'insta ',
    'insta:',
    'insta @',
    'tel ',
    'tel 123456789 ',
    'order 123456789 ',
    'e\u0301',
    '👍',
    '\ud800',
    '\n',
  ],
]

test('A9: no text of 100 kB, however crafted, keeps screening busy: the work grows with the text only', async () => {
  // The limit ends an expression that has run away; what is within bounds takes seconds for all of these together.
  const worker = new Worker(
    `const { workerData, parentPort } = require('node:worker_threads')
     import(workerData.module).then(({ findIdentities }) => {
       for (const piece of workerData.pieces) {
         const text = piece.repeat(Math.ceil(workerData.size / piece.length))
         for (const strict of [false, true]) {
           findIdentities(text, { countries: ['US', 'DE', 'FR'], known: ['joe', '+49301234567', '11111111'], strict })
         }
         parentPort.postMessage(piece)
       }
       parentPort.postMessage(null)
     })`,
    {
      eval: true,
      workerData: { module: new URL('./find-identities.ts', import.meta.url).href, pieces: PIECES, size: SIZE },
    },
  )
  const done: string[] = []
  const finished = await new Promise<boolean>((resolve, reject) => {
    const limit = setTimeout(() => resolve(false), 180_000)
    worker.on('error', reject)
    worker.on('message', (piece: string | null) => {
      if (piece !== null) done.push(piece)
      else {
        clearTimeout(limit)
        resolve(true)
      }
    })
  })
  await worker.terminate()
  expect(done).toEqual(PIECES)
  expect(finished).toBe(true)
}, 200_000)

test('A9: where the number plans have been asked often enough, what is left is judged by its shape, and hidden rather than shown', () => {
  const numbers = Array.from({ length: 50 }, (_, i) => `2071${(838751 + i * 7).toString()}`)
  const all = findIdentities(numbers.join(' ; '), { countries: ['GB'], lookUps: 5 })
  expect(all.length).toBeGreaterThanOrEqual(45)
})
