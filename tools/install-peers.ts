import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { havePeer, type PeerName } from '@parley/dev-env/peers'

/** The programs of others that tests talk to, and the Debian packages that bring them. */
const peers: readonly { name: PeerName; packages: readonly string[] }[] = [
  { name: 'chromium', packages: ['chromium'] },
  { name: 'postfix', packages: ['postfix'] },
  { name: 'dovecot', packages: ['dovecot-imapd', 'dovecot-pop3d', 'dovecot-lmtpd'] },
  { name: 'swaks', packages: ['swaks'] },
  { name: 's-nail', packages: ['s-nail'] },
  { name: 'kannel', packages: ['kannel'] },
  { name: 'net-smpp', packages: ['libnet-smpp-perl'] },
  { name: 'clamd', packages: ['clamav-daemon'] },
  { name: 'prosody', packages: ['prosody'] },
  { name: 'go-sendxmpp', packages: ['go-sendxmpp'] },
  { name: 'profanity', packages: ['profanity', 'tmux'] },
  { name: 'slixmpp', packages: ['python3-slixmpp'] },
  { name: 'kamailio', packages: ['kamailio', 'kamailio-websocket-modules'] },
  { name: 'linphone', packages: ['linphone-cli'] },
  { name: 'baresip', packages: ['baresip-core'] },
  { name: 'sipp', packages: ['sip-tester'] },
  { name: 'tshark', packages: ['tshark'] },
]

/** What is missing, a line each. */
export function missingPeers(): string[] {
  return peers.flatMap(({ name }) => {
    const { present, why } = havePeer(name)
    return present ? [] : [`${name}: ${why}`]
  })
}

/** Installs the missing ones from Debian, without starting any daemon of the machine. For CI, as root. */
export function installPeers(): void {
  const packages = peers.flatMap((peer) => (havePeer(peer.name).present ? [] : peer.packages))
  if (packages.length === 0) return
  console.log(`installing ${packages.join(' ')}`)
  const policy = '/usr/sbin/policy-rc.d'
  const isOurs = !existsSync(policy)
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    apt(['update', '-qq'])
    apt(['install', '-y', '-qq', '--no-install-recommends', ...packages])
  } finally {
    if (isOurs) rmSync(policy)
  }
}

function apt(args: readonly string[]): void {
  const run = spawnSync('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
    timeout: 10 * 60_000,
  })
  if (run.status !== 0)
    console.log(`apt-get ${args[0]} failed: ${(run.stderr || run.error?.message || '').trim().slice(-800)}`)
}
