/** A message of our own for every invalid, and every odd, one that RFC 4475 describes; the valid ones of §3.1.1 lie outside the project. */
export interface Torture {
  /** As RFC 4475 names it. */
  name: string
  section: string
  raw: Buffer
  /** What it must be refused for, and with which status; null status: no answer is possible. */
  refused?: { because: string; status: number | null }
  /** What must be read from it. */
  understood?: Record<string, unknown>
}

interface Parts {
  first?: string
  method?: string
  /** Instead of, beside, or (when null) without the usual ones. */
  set?: Record<string, string | string[] | null>
  body?: string
}

let count = 0

function message({ first, method = 'OPTIONS', set = {}, body = '' }: Parts): Buffer {
  count += 1
  const headers: Record<string, string | string[] | null> = {
    Via: `SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKtorture${count}`,
    'Max-Forwards': '70',
    From: '<sip:ana@shop.example>;tag=1',
    To: '<sip:bo@house.example>',
    'Call-ID': `torture-${count}@shop.example`,
    CSeq: `7 ${method}`,
    'Content-Length': String(Buffer.byteLength(body)),
    ...set,
  }
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : value === null ? [] : [value]).map((each) => `${name}: ${each}`),
  )
  return Buffer.from([first ?? `${method} sip:bo@house.example SIP/2.0`, ...lines, '', body].join('\r\n'))
}

const sdp = 'v=0\r\no=ana 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 49172 RTP/AVP 0\r\n'
const withSdp = { 'Content-Type': 'application/sdp' }

const bad = (section: string, name: string, because: string, parts: Parts, status: number | null = 400): Torture => ({
  section,
  name,
  raw: message(parts),
  refused: { because, status },
})
const good = (section: string, name: string, parts: Parts, understood: Record<string, unknown>): Torture => ({
  section,
  name,
  raw: message(parts),
  understood,
})

export const tortures: readonly Torture[] = [
  bad('3.1.2.1', 'badinv01', 'via', {
    method: 'INVITE',
    set: { Via: 'SIP/2.0/UDP 192.0.2.9;;,;,,', Contact: '"Ana" <sip:ana@shop.example>;;;;', ...withSdp },
    body: sdp,
  }),
  bad('3.1.2.1', 'badinv01 (Contact alone)', 'contact', { set: { Contact: '"Ana" <sip:ana@shop.example>;;;;' } }),
  bad('3.1.2.2', 'clerr', 'content-length', {
    method: 'INVITE',
    set: { ...withSdp, 'Content-Length': '9999' },
    body: sdp,
  }),
  bad('3.1.2.3', 'ncl', 'content-length', {
    method: 'INVITE',
    set: { ...withSdp, 'Content-Length': '-999' },
    body: sdp,
  }),
  bad('3.1.2.4', 'scalar02', 'cseq', {
    method: 'REGISTER',
    set: { CSeq: '36893488147419103232 REGISTER', 'Max-Forwards': '300', Expires: '10000000000000000000000' },
  }),
  bad('3.1.2.4', 'scalar02 (Max-Forwards alone)', 'max-forwards', { set: { 'Max-Forwards': '300' } }),
  bad(
    '3.1.2.5',
    'scalarlg',
    'cseq',
    {
      first: 'SIP/2.0 503 Service Unavailable',
      set: { CSeq: '9292394834772304023312 OPTIONS', 'Retry-After': '949302838503028349304023988' },
    },
    null,
  ),
  bad('3.1.2.6', 'quotbal', 'to', {
    method: 'INVITE',
    set: { To: '"Bo of the house <sip:bo@house.example>', ...withSdp },
    body: sdp,
  }),
  bad('3.1.2.7', 'ltgtruri', 'request-uri', { first: 'INVITE <sip:bo@house.example> SIP/2.0', method: 'INVITE' }),
  bad('3.1.2.8', 'lwsruri', 'start-line', { first: 'INVITE sip:bo@house.example; lr SIP/2.0', method: 'INVITE' }),
  bad('3.1.2.9', 'lwsstart', 'start-line', { first: 'INVITE  sip:bo@house.example  SIP/2.0', method: 'INVITE' }),
  bad('3.1.2.10', 'trws', 'start-line', { first: 'OPTIONS sip:bo@house.example SIP/2.0  ' }),
  bad('3.1.2.11', 'escruri', 'request-uri', {
    first: 'INVITE sip:bo@house.example?Route=%3Csip:elsewhere.example%3E SIP/2.0',
    method: 'INVITE',
  }),
  bad('3.1.2.12', 'baddate', 'date', { method: 'INVITE', set: { Date: 'Fri, 01 Jan 2010 16:00:00 EST' } }),
  bad('3.1.2.13', 'regbadct', 'contact', {
    method: 'REGISTER',
    set: { Contact: 'sip:bo@house.example?Route=%3Csip:elsewhere.example%3E' },
  }),
  bad('3.1.2.14', 'badaspec', 'to', { set: { To: '"Lindqvist, Bo" < sip:bo@house.example >' } }),
  bad('3.1.2.15', 'baddn', 'from', { set: { From: 'Castellanos, Ana <sip:ana@shop.example>;tag=3' } }),
  bad(
    '3.1.2.16',
    'badvers',
    'version',
    {
      first: 'OPTIONS sip:bo@house.example SIP/7.0',
      set: { Via: 'SIP/7.0/UDP host.example;branch=z9hG4bKold' },
    },
    505,
  ),
  bad('3.1.2.17', 'mismatch01', 'method-mismatch', { set: { CSeq: '8 INVITE' } }),
  bad('3.1.2.18', 'mismatch02', 'method-mismatch', { method: 'NEWMETHOD', set: { CSeq: '8 INVITE' } }, 501),
  bad('3.1.2.19', 'bigcode', 'status-code', { first: 'SIP/2.0 4294967301 far too large' }, null),
  bad('3.2.1', 'badbranch', 'via', { set: { Via: 'SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK' } }),
  bad('3.3.1', 'insuf', 'missing-header', {
    method: 'INVITE',
    set: { 'Call-ID': null, From: null, To: null, ...withSdp },
    body: sdp,
  }),
  bad('3.3.2', 'unkscm', 'request-uri', { first: 'OPTIONS nobodysscheme:opaque-words SIP/2.0' }, 416),
  bad('3.3.3', 'novelsc', 'request-uri', { first: 'OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0' }, 416),
  good(
    '3.3.4',
    'unksm2',
    {
      method: 'REGISTER',
      set: { To: 'isbn:9780131103627', From: '<http://www.shop.example>;tag=3', Contact: '<name:Ana_Castellanos>' },
    },
    {
      kind: 'request',
      method: 'REGISTER',
      to: { display: '', uri: { scheme: 'isbn', text: 'isbn:9780131103627' }, params: {} },
    },
  ),
  bad('3.3.5', 'bext01', 'require', { set: { Require: 'nobodyKnows, norThis', 'Proxy-Require': 'noProxyKnows' } }, 420),
  bad(
    '3.3.6',
    'invut',
    'content-type',
    { method: 'INVITE', set: { 'Content-Type': 'application/nobodyknowsthis' }, body: '<audio>\r\n</audio>\r\n' },
    415,
  ),
  good(
    '3.3.7',
    'regaut01',
    { method: 'REGISTER', set: { Authorization: 'NoOneKnowsThisScheme opaque-data=here' } },
    { kind: 'request', method: 'REGISTER' },
  ),
  bad('3.3.8', 'multi01', 'repeated-header', {
    method: 'INVITE',
    set: {
      CSeq: ['5 INVITE', '59 INVITE'],
      'Call-ID': ['one@shop.example', 'two@shop.example'],
      'Max-Forwards': ['70', '5'],
    },
  }),
  bad('3.3.9', 'mcl01', 'repeated-header', { set: { 'Content-Length': ['13', '5'] }, body: 'thirteen long' }),
  // An agent drops it since the Via is none of its own; its form is right.
  good(
    '3.3.10',
    'bcast',
    {
      first: 'SIP/2.0 200 OK',
      set: { Via: ['SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1', 'SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK2'] },
    },
    { kind: 'response', status: 200 },
  ),
  good(
    '3.3.11',
    'zeromf',
    { set: { 'Max-Forwards': '0' } },
    { kind: 'request', maxForwards: 0, answer: { status: 200, reason: 'OK' } },
  ),
  good(
    '3.3.12',
    'cparam01',
    { method: 'REGISTER', set: { Contact: 'sip:+4740612345@gateway.example;unknownparam' } },
    { kind: 'request', method: 'REGISTER' },
  ),
  good(
    '3.3.13',
    'cparam02',
    { method: 'REGISTER', set: { Contact: '<sip:+4740612345@gateway.example;unknownparam>' } },
    { kind: 'request', method: 'REGISTER' },
  ),
  good(
    '3.3.14',
    'regescrt',
    { method: 'REGISTER', set: { Contact: '<sip:bo@house.example?Route=%3Csip:edge.example%3E>' } },
    { kind: 'request', method: 'REGISTER' },
  ),
  bad(
    '3.3.15',
    'sdp01',
    'accept',
    { method: 'INVITE', set: { Accept: 'text/nobodyKnowsThis', ...withSdp }, body: sdp },
    406,
  ),
  good(
    '3.4.1',
    'inv2543',
    {
      method: 'INVITE',
      set: {
        Via: 'SIP/2.0/UDP gateway.example',
        'Max-Forwards': null,
        From: '<sip:+4740612345@gateway.example;user=phone>',
        'Content-Length': null,
        ...withSdp,
      },
      body: sdp,
    },
    { kind: 'request', method: 'INVITE', maxForwards: null, body: { size: sdp.length, text: sdp } },
  ),
]
