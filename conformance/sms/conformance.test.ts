import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inspectLine } from '@parley/channel-sms'
import { describe, expect, it, test } from 'vitest'

const folder = new URL('./', import.meta.url)
const pdus = readdirSync(folder).filter((file) => file.endsWith('.hex'))

test.each(pdus)('A8: the PDU %s is read, or refused, as its expectation beside it says', (file) => {
  const expected: unknown = JSON.parse(readFileSync(new URL(file.replace(/hex$/, 'json'), folder), 'utf8'))
  expect(JSON.parse(JSON.stringify(inspectLine(readFileSync(new URL(file, folder), 'utf8'))))).toEqual(expected)
})

test('every expectation has its PDU', () => {
  const expectations = readdirSync(folder).filter((file) => file.endsWith('.json'))
  expect(expectations.map((file) => file.replace(/json$/, 'hex')).sort()).toEqual([...pdus].sort())
})

describe('parley inspect sms --lines', () => {
  it('answers each line with one: PDUs, texts, and texts as JSON', async () => {
    const pdu = readFileSync(new URL('receipt-delivered.hex', folder), 'utf8').trim()
    const lines = await inspects(`${pdu}\nÅpent på søndag?\n${JSON.stringify('two\nlines 😀')}\n0000\n`)
    expect(lines.map(({ kind }) => kind)).toEqual(['pdu', 'text', 'text', 'text'])
    expect(lines[1]).toMatchObject({ alphabet: 'gsm', count: 1, segments: [{ text: 'Åpent på søndag?', units: 16 }] })
    expect(lines[2]).toMatchObject({ alphabet: 'ucs2', segments: [{ text: 'two\nlines 😀', units: 12 }] })
  })

  const oracle = new URL('../../../shared/data/sms/segments-oracle.json', import.meta.url)
  it.skipIf(!existsSync(oracle))(
    `counts segments as two independent calculators do${existsSync(oracle) ? '' : ' (skipped: ../shared/data/sms is not here)'}`,
    async () => {
      const { oracle: cases }: { oracle: { message: string; agree: boolean; splitsms: { n: number; enc: string } }[] } =
        JSON.parse(readFileSync(oracle, 'utf8'))
      const agreed = cases.filter(({ agree, message }) => agree && message !== '')
      const lines = await inspects(agreed.map(({ message }) => `${JSON.stringify(message)}\n`).join(''))
      expect(lines.map(({ alphabet, count }) => [alphabet, count])).toEqual(
        agreed.map(({ splitsms }) => [splitsms.enc === 'GSM' ? 'gsm' : 'ucs2', splitsms.n]),
      )
    },
  )
})

function inspects(input: string): Promise<Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    const program = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url))
    const options = { maxBuffer: 50_000_000, timeout: 60_000 }
    const child = execFile(process.execPath, [program, 'inspect', 'sms', '--lines'], options, (error, stdout) => {
      if (error) reject(error)
      else
        resolve(
          stdout
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line)),
        )
    })
    child.stdin?.end(input)
  })
}
