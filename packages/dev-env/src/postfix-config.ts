import { chown, mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Endpoint, PostfixOptions } from './postfix.ts'
import { groupId, userIds } from './system-user.ts'

export const DAEMONS = '/usr/lib/postfix/sbin'

export type Paths = { config: string; queue: string; data: string; log: string }

/** What `postfix check` would make in a second and a half of shell, made here in a few milliseconds. */
export async function layOut(root: string): Promise<Paths> {
  const paths = {
    config: join(root, 'config'),
    queue: join(root, 'queue'),
    data: join(root, 'data'),
    log: join(root, 'maillog'),
  }
  const owner = userIds('postfix').uid
  const postdrop = groupId('postdrop')
  for (const path of [paths.config, paths.queue, paths.data]) await mkdir(path)
  await chown(paths.data, owner, 0)
  await mkdir(join(paths.queue, 'pid'))
  const own = [
    'active',
    'bounce',
    'corrupt',
    'defer',
    'deferred',
    'flush',
    'hold',
    'incoming',
    'private',
    'saved',
    'trace',
  ]
  for (const name of own) {
    await mkdir(join(paths.queue, name), { mode: 0o700 })
    await chown(join(paths.queue, name), owner, 0)
  }
  await mkdir(join(paths.queue, 'public'), { mode: 0o710 })
  await chown(join(paths.queue, 'public'), owner, postdrop)
  await mkdir(join(paths.queue, 'maildrop'), { mode: 0o730 })
  await chown(join(paths.queue, 'maildrop'), owner, postdrop)
  return paths
}

export function mainCf({ config, queue, data, log }: Paths, options: PostfixOptions): string {
  const settings: Record<string, string> = {
    compatibility_level: '3.6',
    config_directory: config,
    queue_directory: queue,
    data_directory: data,
    daemon_directory: DAEMONS,
    command_directory: '/usr/sbin',
    shlib_directory: '/usr/lib/postfix',
    meta_directory: '/etc/postfix',
    mail_owner: 'postfix',
    setgid_group: 'postdrop',
    maillog_file: log,
    maillog_file_prefixes: queue.slice(0, queue.lastIndexOf('/')),
    myhostname: options.hostname ?? 'mta.parley.test',
    mydestination: '',
    mynetworks: '127.0.0.0/8',
    inet_protocols: 'ipv4',
    inet_interfaces: 'all',
    smtp_bind_address: options.speaksFrom ?? '127.0.0.1',
    disable_dns_lookups: 'yes',
    alias_maps: '',
    local_recipient_maps: '',
    local_transport: 'error:no local mailboxes here',
    default_transport: 'error:5.4.4 no such domain on this network',
    relay_domains: `texthash:${config}/transport`,
    transport_maps: `texthash:${config}/transport`,
    smtpd_relay_restrictions: 'permit_mynetworks, reject',
    smtpd_recipient_restrictions: `check_recipient_access texthash:${config}/refused, permit_mynetworks, reject`,
    smtpd_peername_lookup: 'no',
    smtputf8_enable: 'yes',
    smtp_tls_security_level: 'none',
    smtpd_tls_security_level: 'none',
    message_size_limit: String(options.messageSizeLimit ?? 10_240_000),
    mailbox_size_limit: '0',
    // A test must not wait for a mail server's patience: it looks at its queue every second, and tries again after one.
    queue_run_delay: '1s',
    minimal_backoff_time: '1s',
    maximal_backoff_time: '2s',
    smtp_destination_concurrency_failed_cohort_limit: '0',
    lmtp_destination_recipient_limit: '1',
    smtp_connect_timeout: '3s',
    smtpd_client_connection_count_limit: '0',
    smtpd_client_connection_rate_limit: '0',
    smtpd_error_sleep_time: '0',
    in_flow_delay: '0',
    ...options.settings,
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')
}

export function masterCf(host: string, port: number): string {
  const services = [
    `${host}:${port} inet n - n - - smtpd`,
    'pickup unix n - n 60 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'flush unix n - n 1000? 0 flush',
    'proxymap unix - - n - - proxymap',
    'smtp unix - - n - - smtp',
    // D: Delivered-To with the address as it was sent to, token and all, which the mailbox would not tell.
    'lmtp unix - - n - - lmtp flags=D',
    'showq unix n - n - - showq',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'discard unix - - n - - discard',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    'postlog unix-dgram n - n - 1 postlogd',
  ]
  return `${services.join('\n')}\n`
}

export async function writeRoutes(
  config: string,
  relay: Record<string, Endpoint>,
  { mailboxes }: PostfixOptions,
): Promise<void> {
  const line =
    (kind: string) =>
    ([domain, to]: [string, Endpoint]) =>
      `${domain} ${kind}:inet:[${to.host}]:${to.port}\n`
  const smtp = Object.entries(relay).map(([domain, to]) => `${domain} smtp:[${to.host}]:${to.port}\n`)
  await writeConfig(join(config, 'transport'), [...smtp, ...Object.entries(mailboxes ?? {}).map(line('lmtp'))].join(''))
}

// Postfix waits two seconds before it reads a file that has just been written (it may be half written): ours look old.
export async function writeConfig(file: string, text: string): Promise<void> {
  await writeFile(file, text)
  await utimes(file, LONG_AGO, LONG_AGO)
}

const LONG_AGO = new Date('2020-01-01T00:00:00Z')
