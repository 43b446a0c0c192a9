/** What each stands for is its document; the short name is ours. */
export const ns = {
  /** RFC 6120 §4.8.2; the parser gives every stanza this one. */
  client: 'jabber:client',
  streams: 'http://etherx.jabber.org/streams',
  streamErrors: 'urn:ietf:params:xml:ns:xmpp-streams',
  stanzaErrors: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  /** XEP-0114 */
  component: 'jabber:component:accept',
  /** XEP-0030 */
  discoInfo: 'http://jabber.org/protocol/disco#info',
  discoItems: 'http://jabber.org/protocol/disco#items',
  /** XEP-0115 */
  caps: 'http://jabber.org/protocol/caps',
  /** XEP-0199 */
  ping: 'urn:xmpp:ping',
  /** XEP-0092 */
  version: 'jabber:iq:version',
  /** XEP-0054 */
  vcard: 'vcard-temp',
  /** XEP-0085 */
  chatStates: 'http://jabber.org/protocol/chatstates',
  /** XEP-0184 */
  receipts: 'urn:xmpp:receipts',
  /** XEP-0333 */
  markers: 'urn:xmpp:chat-markers:0',
  /** XEP-0334 */
  hints: 'urn:xmpp:hints',
  /** XEP-0359 */
  stanzaIds: 'urn:xmpp:sid:0',
  /** XEP-0203 */
  delay: 'urn:xmpp:delay',
  /** XEP-0280, XEP-0297 */
  carbons: 'urn:xmpp:carbons:2',
  forward: 'urn:xmpp:forward:0',
  /** XEP-0308 */
  correction: 'urn:xmpp:message-correct:0',
  /** XEP-0461, XEP-0428 */
  reply: 'urn:xmpp:reply:0',
  fallback: 'urn:xmpp:fallback:0',
  /** XEP-0066 */
  outOfBand: 'jabber:x:oob',
  /** XEP-0372, XEP-0385, XEP-0447, XEP-0103 */
  reference: 'urn:xmpp:reference:0',
  mediaSharing: 'urn:xmpp:sims:1',
  fileSharing: 'urn:xmpp:sfs:0',
  urlData: 'http://jabber.org/protocol/url-data',
  /** XEP-0172 */
  nick: 'http://jabber.org/protocol/nick',
  /** XEP-0045, XEP-0249 */
  rooms: 'http://jabber.org/protocol/muc#user',
  roomInvitation: 'jabber:x:conference',
  /** Ours: written by no person. XMPP has no such mark, and two installations must not answer each other's notices for ever. */
  automatic: 'urn:parley:automatic:0',
  /** XEP-0384 (both in use), XEP-0373, XEP-0027, XEP-0380 */
  omemo: 'eu.siacs.conversations.axolotl',
  omemo2: 'urn:xmpp:omemo:2',
  openPgp: 'urn:xmpp:openpgp:0',
  oldPgp: 'jabber:x:encrypted',
  encryption: 'urn:xmpp:eme:0',
} as const
