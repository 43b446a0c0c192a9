import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inspectText } from '@parley/channel-sms'
import { describeWithPeers } from '@parley/dev-env/with-peers'
import { expect, it, onTestFinished } from 'vitest'

const run = promisify(execFile)
const fields = ['source_addr', 'destination_addr', 'data_coding', 'message_text'].map((name) => `smpp.${name}`)
const parts = ['parts', 'part'].map((name) => `gsm_sms.udh.mm.msg_${name}`)

await describeWithPeers(['tshark'], 'what we submit, as Wireshark reads it', () => {
  it('every part is whole, goes from the right number to the right one, and says which part it is (A8)', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-tshark-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const texts = ['Ответ, и ещё '.repeat(12).trim(), 'Åpent på søndag. '.repeat(12).trim(), 'Ja 👍']
    const shown = texts.map((text) => inspectText(text, { from: '+4790010001', to: '+4790055501' }))
    const pdus = shown.flatMap((one) => one.pdus)
    const [dump, capture] = [join(folder, 'pdus.txt'), join(folder, 'pdus.pcap')]
    await writeFile(dump, pdus.map((pdu) => `0000 ${(pdu.match(/../g) ?? []).join(' ')}\n`).join(''))
    await run('/usr/bin/text2pcap', ['-q', '-T', '40000,2775', dump, capture])
    const asked = [...fields, ...parts, '_ws.malformed'].flatMap((name) => ['-e', name])
    const read = await run('/usr/bin/tshark', ['-r', capture, '-d', 'tcp.port==2775,smpp', '-T', 'fields', ...asked])
    const rows = read.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'))
    expect(rows).toHaveLength(pdus.length)
    const expected = shown.flatMap(({ alphabet, count, segments }) =>
      segments.map(({ text }, index) => [
        '4790010001',
        '4790055501',
        alphabet === 'gsm' ? '0x00' : '0x08',
        // It shows no text in the GSM alphabet, and every half of a pair by itself.
        alphabet === 'gsm' || /\p{Surrogate}|👍/u.test(text)
          ? expect.any(String)
          : expect.stringContaining(text.trim()),
        count > 1 ? String(count) : '',
        count > 1 ? String(index + 1) : '',
        '',
      ]),
    )
    expect(rows).toEqual(expected)
  })
})
