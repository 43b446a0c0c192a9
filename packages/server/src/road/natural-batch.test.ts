import { expect, test } from 'vitest'
import { NaturalBatch } from './natural-batch.ts'

const keyOf = (item: string) => item[0]

test('a poison item never hurts its neighbours', async () => {
  const batch = new NaturalBatch<string, string>(
    async (items) => {
      if (items.includes('c!')) throw new Error('poison')
      return items.map((item) => `${item} done`)
    },
    { keyOf, maxItems: 10, maxRunning: 2 },
  )
  const answers = await Promise.allSettled(['a1', 'b1', 'c!', 'a2'].map((item) => batch.add(item)))
  expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'refused'))).toEqual([
    'a1 done',
    'b1 done',
    'refused',
    'a2 done',
  ])
})

test('an answer that comes later, or fails, does so alone', async () => {
  const late = Promise.withResolvers<string>()
  const batch = new NaturalBatch<string, string>(
    async (items) =>
      items.map((item) => (item === 'late' ? late.promise : item === 'bad' ? Promise.reject(new Error('bad')) : item)),
    { keyOf, maxItems: 10, maxRunning: 1 },
  )
  const [one, bad, slow] = [batch.add('one'), batch.add('bad'), batch.add('late')]
  await expect(one).resolves.toBe('one')
  await expect(bad).rejects.toThrow('bad')
  late.resolve('here')
  await expect(slow).resolves.toBe('here')
})

test('what has the same key never overtakes, whatever batch it is in, and others do not wait for it', async () => {
  const begun: string[][] = []
  const gates = new Map<string, PromiseWithResolvers<void>>()
  const batch = new NaturalBatch<string, string>(
    async (items) => {
      begun.push(items)
      await Promise.all(items.map((item) => gates.get(item)?.promise))
      return items
    },
    { keyOf, maxItems: 10, maxRunning: 2 },
  )
  gates.set('a1', Promise.withResolvers())
  const first = batch.add('a1')
  await new Promise((resolve) => setImmediate(resolve))
  const second = batch.add('a2')
  const other = batch.add('b1')
  await other
  expect(begun).toEqual([['a1'], ['b1']])
  const more = batch.add('b2')
  await more
  gates.get('a1')?.resolve()
  await Promise.all([first, second])
  expect(begun).toEqual([['a1'], ['b1'], ['b2'], ['a2']])
})
