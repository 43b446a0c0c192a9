export type { AutoReply } from './auto-reply.ts'
export { type AxeOptions, axeFindings } from './axe-findings.ts'
export { type BrowserOptions, type BrowserPerson, openBrowser, type TestBrowser } from './browser.ts'
export { type Daemon, type DaemonOptions, startDaemon, untilListening } from './daemon.ts'
export { type DnsServer, startDnsServer } from './dns-server.ts'
export { type DnsRecords, type DnsZone, dnsZone } from './dns-zone.ts'
export { type Dovecot, type DovecotOptions, startDovecot } from './dovecot.ts'
export { freePort } from './free-port.ts'
export { type Kamailio, type KamailioOptions, startKamailio } from './kamailio.ts'
export { findLeaks, type Leak } from './leak-search.ts'
export { type LogOutside, openLogOutside } from './log-outside.ts'
export { createMailDomain, type MailDomain, type MailDomainOptions } from './mail-domain.ts'
export { type MailNetwork, type MailNetworkOptions, startMailNetwork } from './mail-network.ts'
export {
  createMailPerson,
  type MailPerson,
  type MailPersonOptions,
  type Outgoing,
  type OutgoingAttachment,
  type ReplyOptions,
  type Sent,
} from './mail-person.ts'
export { type ImapAccount, type MailboxReader, type MailMatch, readMailbox } from './mailbox.ts'
export { guardFolder, guardGroup } from './orphan-guard.ts'
export { type PageProblem, watchPage } from './page-problems.ts'
export { type Parley, type ParleyOptions, startParley } from './parley.ts'
export { havePeer, type PeerName } from './peers.ts'
export { Phone, type ReceivedText, type SendOptions, type Told } from './phone.ts'
export { type Endpoint, type Postfix, type PostfixOptions, type QueuedMail, startPostfix } from './postfix.ts'
export { type FreshDatabase, freshDatabase } from './postgres.ts'
export { type Prosody, type ProsodyOptions, startProsody } from './prosody.ts'
export { type Answer, layOutReply, type Quoting } from './quoting.ts'
export { type Mailbox, type ReceivedMail, readMail } from './received-mail.ts'
export { repliesWithSNail, type SNailReply } from './s-nail.ts'
export { type Seeded, seeded, seedOfThisRun } from './seeded.ts'
export { type ReceivedSip, SipPhone, type SipPhoneOptions } from './sip-phone.ts'
export { Smsc, type SmscOptions, type Submitted, startSmsc } from './smsc.ts'
export { type SwaksSession, sendsWithSwaks } from './swaks.ts'
export { type Cut, type Direction, startTcpProxy, type TcpProxy, type TcpProxyOptions } from './tcp-proxy.ts'
export { type TempFolder, tempFolder } from './temp-folder.ts'
export { type WaitOptions, waitFor } from './wait-for.ts'
export { transcriptShown, transcriptTruth, WindowPerson } from './window-person.ts'
export { type FrameReader, readFrames } from './ws-frames.ts'
