import { accessSync, constants } from 'node:fs'

export type PeerName =
  | 'chromium'
  | 'postfix'
  | 'dovecot'
  | 'swaks'
  | 's-nail'
  | 'clamd'
  | 'kannel'
  | 'net-smpp'
  | 'prosody'
  | 'go-sendxmpp'
  | 'profanity'
  | 'slixmpp'
  | 'kamailio'
  | 'linphone'
  | 'baresip'
  | 'sipp'
  | 'tshark'

/** Whether a peer from Debian is installed here, and if not, how it would be. */
export function havePeer(name: PeerName): { present: boolean; why: string } {
  for (const path of PATHS[name]) {
    try {
      accessSync(path, path.endsWith('.pm') ? constants.R_OK : constants.X_OK)
    } catch {
      return { present: false, why: `${path} is not there: install the Debian package ${name}` }
    }
  }
  const needsRoot = name === 'postfix' || name === 'dovecot'
  if (needsRoot && process.getuid?.() !== 0) return { present: false, why: `${name} can only be started by root` }
  return { present: true, why: '' }
}

const PATHS: Record<PeerName, string[]> = {
  chromium: ['/usr/bin/chromium'],
  postfix: ['/usr/lib/postfix/sbin/master'],
  dovecot: ['/usr/sbin/dovecot', '/usr/lib/dovecot/imap', '/usr/lib/dovecot/pop3', '/usr/lib/dovecot/lmtp'],
  swaks: ['/usr/bin/swaks'],
  's-nail': ['/usr/bin/s-nail'],
  clamd: ['/usr/sbin/clamd'],
  kannel: ['/usr/sbin/bearerbox', '/usr/sbin/smsbox'],
  'net-smpp': ['/usr/bin/perl', '/usr/share/perl5/Net/SMPP.pm'],
  prosody: ['/usr/bin/prosody'],
  'go-sendxmpp': ['/usr/bin/go-sendxmpp'],
  profanity: ['/usr/bin/profanity', '/usr/bin/tmux'],
  kamailio: ['/usr/sbin/kamailio'],
  linphone: ['/usr/bin/linphonec'],
  baresip: ['/usr/bin/baresip'],
  sipp: ['/usr/bin/sipp'],
  tshark: ['/usr/bin/tshark', '/usr/bin/text2pcap'],
  slixmpp: ['/usr/bin/python3', '/usr/lib/python3/dist-packages/slixmpp'],
}
