export type DnsRecords = {
  A?: string[]
  AAAA?: string[]
  CNAME?: string[]
  MX?: { exchange: string; priority: number }[]
  NS?: string[]
  PTR?: string[]
  TXT?: string[]
}

export type RecordType = keyof DnsRecords

/** What a name answers: records, nothing of that type, no such name, or a server that fails. */
export type DnsAnswer =
  | { state: 'found'; records: DnsRecords }
  | { state: 'no-data' }
  | { state: 'no-such-name' }
  | { state: 'failing' }

export type DnsZone = {
  /** Replaces the records of a name, for all types given. */
  set(name: string, records: DnsRecords): void
  remove(name: string): void
  /** From now on every question about this name (and below it) fails, as when its servers are down. */
  fail(name: string): void
  ask(name: string, type: string): DnsAnswer
  /**
   * Answers as `dns.promises.resolve` does, over the same records: for mailauth and others that take a resolver.
   * Rejects with the codes ENOTFOUND, ENODATA and ESERVFAIL. The type is mailauth's; MX answers are objects all the
   * same, as those of node:dns are.
   */
  resolve(name: string, type: string): Promise<string[] | string[][]>
}

/** All of the world's DNS that a test needs, in memory. */
export function dnsZone(initial: Record<string, DnsRecords> = {}): DnsZone {
  const names = new Map<string, DnsRecords>()
  const failing = new Set<string>()
  const set = (name: string, records: DnsRecords) => {
    names.set(fold(name), { ...names.get(fold(name)), ...records })
  }
  for (const [name, records] of Object.entries(initial)) set(name, records)

  const ask = (name: string, type: string): DnsAnswer => {
    const wanted = fold(name)
    if ([...failing].some((one) => wanted === one || wanted.endsWith(`.${one}`))) return { state: 'failing' }
    const records = names.get(wanted)
    if (!records) {
      // A name with names below it exists, and has no data of its own (RFC 8020).
      const isParent = [...names.keys()].some((one) => one.endsWith(`.${wanted}`))
      return isParent ? { state: 'no-data' } : { state: 'no-such-name' }
    }
    if (records.CNAME && type !== 'CNAME') {
      const target = records.CNAME[0]
      return target === undefined ? { state: 'no-data' } : ask(target, type)
    }
    const values = isRecordType(type) ? records[type] : undefined
    return values?.length ? { state: 'found', records: { [type]: values } } : { state: 'no-data' }
  }

  return {
    set,
    remove: (name) => void names.delete(fold(name)),
    fail: (name) => void failing.add(fold(name)),
    ask,
    async resolve(name, type) {
      const answer = ask(name, type)
      switch (answer.state) {
        case 'found': {
          const { TXT, ...others } = answer.records
          // A TXT record is a list of strings of at most 255 bytes each.
          return TXT ? TXT.map((text) => txtStrings(text).map(String)) : (Object.values(others).flat() as string[])
        }
        case 'no-data':
          throw dnsError('ENODATA', name, type)
        case 'no-such-name':
          throw dnsError('ENOTFOUND', name, type)
        case 'failing':
          throw dnsError('ESERVFAIL', name, type)
      }
    },
  }
}

export function txtStrings(text: string): Buffer[] {
  const bytes = Buffer.from(text)
  const strings = []
  for (let at = 0; at < bytes.length; at += 255) strings.push(bytes.subarray(at, at + 255))
  return strings.length ? strings : [bytes]
}

function isRecordType(type: string): type is RecordType {
  return ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'TXT'].includes(type)
}

function fold(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}

function dnsError(code: string, name: string, type: string): Error {
  return Object.assign(new Error(`query${type} ${code} ${name}`), { code, hostname: name, syscall: `query${type}` })
}
