import type { Readable, Writable } from 'node:stream'
import { writeNumber } from './numbers.ts'
import { commands } from './pdu/codes.ts'
import type { Pdu } from './pdu/pdu.ts'
import { PduFrames } from './pdu/pdu-frames.ts'
import { readPdu } from './pdu/read-pdu.ts'
import { writePdu } from './pdu/write-pdu.ts'
import { type MessageContext, readMessage } from './read-message.ts'
import { statusName } from './smpp/status-names.ts'
import { fieldsOf } from './smpp/submit.ts'
import { encodeSegments } from './text/encode-segments.ts'
import { segmentText, unitsOf } from './text/segment-text.ts'

const context: MessageContext = { defaultAlphabet: 'gsm', countryCode: null }

/** What we would make of the PDUs that these bytes are, or why they are refused. */
export function inspectPdus(bytes: Uint8Array) {
  const frames = new PduFrames().push(bytes)
  if (!frames) return [{ kind: 'refused', because: 'its length cannot be that of a PDU' }]
  const used = frames.reduce((sum, frame) => sum + frame.length, 0)
  const rest = used < bytes.length ? [{ kind: 'refused', because: 'shorter than its length says' }] : []
  return [...frames.map(inspectFrame), ...rest]
}

function inspectFrame(frame: Uint8Array) {
  const reading = readPdu(frame)
  if (!reading.ok) return { kind: 'refused', command: commandName(reading.command), because: reading.because }
  const { pdu } = reading
  const head = { kind: 'pdu', command: commandName(pdu.command), status: pdu.status, sequence: pdu.sequence }
  const status = pdu.status === 0 ? {} : { means: statusName(pdu.status) }
  return { ...head, ...status, ...describe(pdu) }
}

function describe({ body }: Pdu) {
  if (body.kind === 'bind') return { systemId: body.bind.systemId, systemType: body.bind.systemType }
  if (body.kind === 'answer') return { id: body.id }
  if (body.kind === 'unread') return { refused: 'a command that is not known here' }
  if (body.kind !== 'message') return {}
  const { dataCoding, esmClass } = body.message
  const reading = readMessage(body.message, context)
  const coded = { dataCoding, esmClass }
  if (reading.kind === 'receipt') return { ...coded, receipt: reading.receipt }
  if (reading.kind === 'passed-over') return { ...coded, passedOver: reading.why }
  if (reading.kind === 'refused') return { ...coded, refused: reading.because }
  const { from, to, content, concatenation } = reading.message
  const said = content.kind === 'text' ? { text: content.text } : { file: { bytes: content.bytes.length } }
  return { ...coded, from, to, ...said, concatenation }
}

/** How a text goes on the air, and the submissions that carry it. */
export function inspectText(text: string, { from = '+4790010001', to = '+4790055501' } = {}) {
  const { alphabet, segments } = segmentText(text)
  const pdus = encodeSegments(text, 0).map((segment, index) =>
    writePdu({
      command: commands.submitSm,
      status: 0,
      sequence: index + 1,
      body: { kind: 'message', message: fieldsOf(writeNumber(from), writeNumber(to), segment) },
    }).toString('hex'),
  )
  return {
    kind: 'text',
    alphabet,
    count: segments.length,
    segments: segments.map((segment) => ({ text: segment, units: unitsOf(segment, alphabet) })),
    pdus,
  }
}

const names = new Map<number, string>([
  ...Object.entries(commands).map(([name, code]) => [code, snake(name)] as const),
  ...Object.entries(commands).map(([name, code]) => [code + 0x80000000, `${snake(name)}_resp`] as const),
  [commands.genericNack, 'generic_nack'],
])

function commandName(command: number): string {
  return names.get(command) ?? `0x${command.toString(16).padStart(8, '0')}`
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

export type InspectSmsRun = {
  /** `--lines`: one thing a line in, one JSON a line out: PDUs in hexadecimal; or a text, as it is or as a JSON string. */
  args: string[]
  stdin: Readable
  stdout: Writable
}

/** `parley inspect sms`. Returns the exit code: 0, or 2 for arguments it does not know (told on `stdout`). */
export async function runInspectSms({ args, stdin, stdout }: InspectSmsRun): Promise<number> {
  const unknown = args.find((arg) => arg !== '--lines')
  if (unknown !== undefined) {
    stdout.write(`Unknown argument: ${unknown}\nUsage: parley inspect sms [--lines] < PDUs or text\n`)
    return 2
  }
  const isLines = args.includes('--lines')
  const write = async (found: unknown) => {
    const text = isLines ? JSON.stringify(found) : JSON.stringify(found, null, 2)
    if (!stdout.write(`${text}\n`)) await new Promise((resolve) => stdout.once('drain', resolve))
  }
  let left = ''
  const decoder = new TextDecoder()
  for await (const chunk of stdin) {
    left += decoder.decode(Buffer.from(chunk), { stream: true })
    if (!isLines) continue
    // By line feeds alone: the text of a message may hold other ends of lines (U+2028).
    const lines = left.split('\n')
    left = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') await write(inspectLine(line.replace(/\r$/, '')))
  }
  const last = isLines ? left : left.replace(/\r?\n$/, '')
  if (!isLines || last.trim() !== '') await write(inspectLine(last))
  return 0
}

/** PDUs in hexadecimal; or a text, as it is, as a JSON string, or as `{ "text": … }`. */
export function inspectLine(line: string) {
  const hex = line.replace(/\s/g, '')
  if (/^([0-9a-f]{2}){16,}$/i.test(hex)) {
    const [first, ...more] = inspectPdus(Buffer.from(hex, 'hex'))
    return more.length === 0 ? first : { kind: 'several', pdus: [first, ...more] }
  }
  return inspectText(textOf(line))
}

function textOf(line: string): string {
  if (!/^\s*["{]/.test(line)) return line
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'string') return value
    if (typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string')
      return value.text
    return line
  } catch {
    return line
  }
}
