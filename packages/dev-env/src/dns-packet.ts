import { type DnsAnswer, type DnsRecords, type DnsZone, txtStrings } from './dns-zone.ts'

/** The answer to one DNS message (RFC 1035), or nothing where it is not a question. */
export function answerQuery(query: Buffer, zone: DnsZone, over: 'udp' | 'tcp'): Buffer | undefined {
  const question = readQuestion(query)
  if (!question) return undefined
  const { id, isRecursive, name, type, bytes, udpSize } = question
  const typeName = TYPES.get(type) ?? `TYPE${type}`
  const answer = zone.ask(name, typeName)
  const records = answer.state === 'found' ? encodeAll(answer.records, type) : []
  const whole = packet(records, false)
  return over === 'udp' && whole.length > udpSize ? packet([], true) : whole

  function packet(answers: Buffer[], isTruncated: boolean): Buffer {
    const header = Buffer.alloc(12)
    header.writeUInt16BE(id, 0)
    const flags = 0x8400 | (isRecursive ? 0x0180 : 0) | (isTruncated ? 0x0200 : 0) | RESPONSE_CODES[answer.state]
    header.writeUInt16BE(flags, 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(answers.length, 6)
    return Buffer.concat([header, bytes, ...answers])
  }
}

const RESPONSE_CODES: Record<DnsAnswer['state'], number> = { found: 0, 'no-data': 0, failing: 2, 'no-such-name': 3 }

const TYPES = new Map([
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [12, 'PTR'],
  [15, 'MX'],
  [16, 'TXT'],
  [28, 'AAAA'],
])

type Question = {
  id: number
  isRecursive: boolean
  name: string
  type: number
  bytes: Buffer
  /** Largest answer that the asker takes over UDP: 512 bytes, or what its EDNS record says (RFC 6891). */
  udpSize: number
}

function readQuestion(query: Buffer): Question | undefined {
  if (query.length < 17 || query.readUInt16BE(4) !== 1 || (query.readUInt16BE(2) & 0x8000) !== 0) return undefined
  const labels: string[] = []
  let at = 12
  for (;;) {
    const length = query[at]
    if (length === undefined || length > 63) return undefined
    at += 1
    if (length === 0) break
    labels.push(query.toString('latin1', at, at + length))
    at += length
  }
  if (at + 4 > query.length) return undefined
  const type = query.readUInt16BE(at)
  const end = at + 4
  // The EDNS record, where there is one, stands alone behind the question: root name, type 41, then the size.
  const hasEdns = query.length >= end + 11 && query[end] === 0 && query.readUInt16BE(end + 1) === 41
  return {
    id: query.readUInt16BE(0),
    isRecursive: (query.readUInt16BE(2) & 0x0100) !== 0,
    name: labels.join('.'),
    type,
    bytes: query.subarray(12, end),
    udpSize: hasEdns ? Math.max(512, query.readUInt16BE(end + 3)) : 512,
  }
}

function encodeAll(records: DnsRecords, type: number): Buffer[] {
  const data = [
    ...(records.A ?? []).map((address) => Buffer.from(address.split('.').map(Number))),
    ...(records.AAAA ?? []).map(ipv6),
    ...[...(records.CNAME ?? []), ...(records.NS ?? []), ...(records.PTR ?? [])].map(domainName),
    ...(records.MX ?? []).map(({ exchange, priority }) => Buffer.concat([uint16(priority), domainName(exchange)])),
    ...(records.TXT ?? []).map((text) =>
      Buffer.concat(txtStrings(text).flatMap((one) => [Buffer.from([one.length]), one])),
    ),
  ]
  // 0xc00c: "the name that stands in the question". Time to live: none, a test may change its zone.
  return data.map((value) =>
    Buffer.concat([uint16(0xc00c), uint16(type), uint16(1), Buffer.alloc(4), uint16(value.length), value]),
  )
}

function domainName(name: string): Buffer {
  const labels = name.replace(/\.$/, '').split('.').filter(Boolean)
  return Buffer.concat([
    ...labels.flatMap((label) => [Buffer.from([Buffer.byteLength(label)]), Buffer.from(label)]),
    Buffer.from([0]),
  ])
}

function ipv6(address: string): Buffer {
  const [head = '', tail] = address.split('::')
  const groups = (part: string) => part.split(':').filter(Boolean)
  const front = groups(head)
  const back = groups(tail ?? '')
  const middle = tail === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => '0')
  return Buffer.concat([...front, ...middle, ...back].map((group) => uint16(Number.parseInt(group, 16))))
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
