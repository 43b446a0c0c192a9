import { describe, expect, test } from 'vitest'
import { runInspectTopic } from './inspect-topic.ts'

const file = [
  ['Where is my parcel', 'delivery'],
  ['My order is late', 'delivery'],
  ['The parcel did not arrive', 'delivery'],
  ['The invoice is wrong', 'billing'],
  ['I was charged twice', 'billing'],
  ['Please refund my payment', 'billing'],
]
  .map(([text, label]) => JSON.stringify({ text, label }))
  .join('\n')

async function run(args: string[], input: string[] = [], train = file): Promise<{ code: number; out: string }> {
  let out = ''
  const code = await runInspectTopic({
    args,
    stdin: (async function* () {
      yield* input
    })(),
    stdout: {
      write: (text, done) => {
        out += text
        done()
      },
    },
    readFile: async () => train,
  })
  return { code, out }
}

describe('parley inspect topic', () => {
  test('D3: learns from a file and reads line by line, whatever form a line has', async () => {
    const lines = ['{"text": "where is my ', 'parcel?"}\n"the invoice is ', 'wrong"\n\nwo ist mein Paket\n']
    const { code, out } = await run(['--train', 'questions.jsonl', '--lines'], lines)
    const [first, second, third, ...rest] = out.split('\n').map((line) => line && JSON.parse(line))
    expect(code).toBe(0)
    expect(first).toMatchObject({ topic: 'delivery', known: true, language: 'en' })
    expect(second.ranked[0]).toMatchObject({ label: 'billing' })
    expect(second.ranked).toHaveLength(2)
    expect(third).toMatchObject({ language: 'de' })
    expect(rest).toEqual([''])
  })

  test('D3: reads one text, and no more of the ranking than asked for', async () => {
    const { out } = await run(['--train=questions.jsonl', '--top=1'], ['where is\n', 'my parcel'])
    expect(JSON.parse(out).ranked).toEqual([{ label: 'delivery', confidence: expect.any(Number) }])
  })

  test('D3: says how well it tells topics apart', async () => {
    const { out } = await run(['--train', 'questions.jsonl', '--report'])
    expect(JSON.parse(out)).toMatchObject({ examples: 6, heldBack: 6 })
  })

  test.each([
    [[], file, 'a file to learn from is missing'],
    [['--what'], file, 'what is "--what"?'],
    [['--train', 'x', '--top', '0'], file, '--top wants a number'],
    [['--train', 'x'], 'no json', 'line 1 is not'],
    [['--train', 'x'], `${file}\n{"text": 5, "label": "a"}`, 'line 7 is not'],
    [['--train', 'x'], '', 'too-few-topics'],
  ])('%j is refused with a reason', async (args, train, problem) => {
    const { code, out } = await run(args, [], train)
    expect(code).toBe(2)
    expect(out).toContain(problem)
  })
})
