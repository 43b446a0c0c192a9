import {
  bytes,
  choice,
  count,
  domain,
  fileContent,
  flag,
  host,
  list,
  port,
  portOrOff,
  secret,
  text,
  unset,
  url,
} from './option.ts'
import { sipOptions } from './sip-options.ts'

/** Every setting there is, by the part of Parley it belongs to. The reference page is made from this table. */
export const options = {
  'Web pages and API': {
    PARLEY_HOST: host(
      '127.0.0.1',
      'Where to listen. Loopback unless told otherwise; behind a proxy on the same machine it stays so.',
    ),
    PARLEY_PORT: port(8420, 'Port for pages, API and real-time connections.'),
    PARLEY_PUBLIC_URL: unset(
      url(
        ['https', 'http'],
        '',
        'The address people reach Parley at, for links in mails and for strict origins. Default: the host and port above.',
      ),
    ),
    PARLEY_TRUST_PROXY: list(
      'addresses or networks',
      [],
      'Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.',
      {
        pattern: /^(loopback|[0-9a-f.:]+(\/\d{1,3})?)$/i,
        because: 'each must be an IP address, a network such as 10.0.0.0/8, or loopback',
      },
    ),
  },
  Data: {
    PARLEY_DATA: unset(
      text(
        'path of a folder',
        '',
        'Data folder of the embedded PostgreSQL. Default: .data beside the code; see running.md for root.',
      ),
    ),
    DATABASE_URL: unset(
      secret(
        url(['postgresql', 'postgres'], '', 'A PostgreSQL (15 or newer) of your own, in place of the embedded one.'),
      ),
    ),
    PARLEY_POSTGRES_BIN: unset(
      text('path of a folder', '', 'The bin folder of the PostgreSQL to embed, in place of the one that came along.'),
    ),
    PARLEY_POSTGRES_USER: unset(
      text(
        'user name',
        '',
        'Started as root: the user that the embedded PostgreSQL runs as. Default: parley if there is such a user, else nobody.',
      ),
    ),
    PARLEY_KEY_STORE: unset(
      text(
        'path of a folder',
        '',
        'Keys of what is sealed. Default: keys in the data folder. Processes that serve together need the same one; see sealing.md for its backup.',
      ),
    ),
    PARLEY_KEY_STORE_SECRET_FILE: fileContent(
      "Secret (32 characters or more) under which those keys are wrapped. Default: the installation's own.",
    ),
    PARLEY_KEY_STORE_OLD_SECRET_FILE: fileContent(
      'The secret before it, until "parley keys rotate" has wrapped every key anew.',
    ),
    PARLEY_DATABASE_CONNECTIONS: count(20, 'Connections that one process holds to the database.', { min: 4, max: 500 }),
  },
  Mail: {
    PARLEY_MAIL_DOMAIN: domain(
      'parley.localhost',
      'Domain of the relay addresses. Its mail (MX) has to arrive at Parley.',
    ),
    PARLEY_SMTP_IN_HOST: host('127.0.0.1', 'Where the built-in mail server listens.'),
    PARLEY_SMTP_IN_PORT: portOrOff(8425, 'Its port; off when mail is fetched from a mailbox instead.'),
    PARLEY_SMTP_IN_TLS_KEY_FILE: fileContent('Private key (PEM) with which it offers STARTTLS.'),
    PARLEY_SMTP_IN_TLS_CERT_FILE: fileContent('Certificate chain (PEM) to go with it.'),
    PARLEY_SMTP_URL: unset(
      secret(
        url(
          ['smtp', 'smtps'],
          '',
          'Server that outgoing mail is handed to, as smtp://user:password@host:587. Without it no mail leaves, except in the demo.',
        ),
      ),
    ),
    PARLEY_SMTP_POOL: count(5, 'Connections kept to that server.', { min: 1, max: 100 }),
    PARLEY_DKIM_SELECTOR: unset(
      domain('', 'Name under which the public DKIM key stands in DNS. Needs the key file too.'),
    ),
    PARLEY_DKIM_KEY_FILE: fileContent('Private DKIM key (PEM) with which outgoing mail is signed.'),
    PARLEY_IMAP_URL: unset(
      secret(
        url(['imap', 'imaps'], '', 'Mailbox that incoming mail is read from, as imaps://user:password@host/INBOX.'),
      ),
    ),
    PARLEY_POP3_URL: unset(secret(url(['pop3', 'pop3s'], '', 'The same over POP3, as pop3s://user:password@host.'))),
    PARLEY_AUTHSERV_IDS: list(
      'names',
      [],
      'Authentication-Results of these receivers (authserv-id, RFC 8601) are believed: your own mail servers in front of Parley.',
      {
        pattern: /^[a-z0-9._-]+$/i,
        because: 'each must be the name that your mail server puts first in Authentication-Results',
      },
    ),
    PARLEY_MAIL_RELAYS: list(
      'addresses or networks',
      [],
      'Mail servers of your own that hand mail on to Parley; SPF says nothing about them.',
      {
        pattern: /^[0-9a-f.:]+(\/\d{1,3})?$/i,
        because: 'each must be an IP address or a network such as 10.0.0.0/8',
      },
    ),
  },
  SIP: sipOptions,
  XMPP: {
    PARLEY_XMPP_DOMAIN: unset(
      domain(
        '',
        'Domain of the XMPP addresses: that of a component in the configuration of your XMPP server. Without it there is no XMPP.',
      ),
    ),
    PARLEY_XMPP_SECRET: unset(secret(text('text', '', 'The secret of that component, as your XMPP server knows it.'))),
    PARLEY_XMPP_HOST: host(
      '127.0.0.1',
      'Your XMPP server. The connection is not encrypted (XEP-0114): keep it inside.',
    ),
    PARLEY_XMPP_PORT: port(5347, 'Its port for components.'),
    PARLEY_XMPP_FILE_HOSTS: list(
      'hosts',
      [],
      'Upload services inside your own network, as name or name:port. Files that people send are fetched from public addresses and from these.',
      {
        pattern: /^(\[[0-9a-f:]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i,
        because: 'each must be a host such as upload.example.org or 10.0.0.7:5280',
      },
    ),
  },
  Programs: {
    PARLEY_PROGRAM_HOSTS: list(
      'hosts, with a port or without',
      [],
      'Hosts inside your network on which programs may have their webhook endpoints, over http too. Every other endpoint has to be public and https.',
      {
        pattern: /^([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?$/i,
        because: 'each must be a host such as bots.internal or 10.0.0.5:8080',
      },
    ),
  },
  SMS: {
    PARLEY_SMS_SMPP_URL: unset(
      secret(
        url(
          ['smpp', 'smpps'],
          '',
          'Your account at a short message service centre, as smpp://system_id:password@host:2775; smpps for TLS. One of the three ways to send SMS.',
        ),
      ),
    ),
    PARLEY_SMS_SMPP_SYSTEM_TYPE: unset(text('text', '', 'system_type of the bind, where the SMSC wants one.')),
    PARLEY_SMS_SMPP_CA_FILE: fileContent('Certificate (PEM) to trust for smpps, beside the usual ones.'),
    PARLEY_SMS_SMPP_SINGLE: flag(
      true,
      'The SMSC allows one connection: of several processes one holds it. Turn it off where each may have its own.',
    ),
    PARLEY_SMS_SMPP_WINDOW: count(10, 'Submissions on their way at once, as agreed with the SMSC.', { max: 1_000 }),
    PARLEY_SMS_KANNEL_URL: unset(
      secret(
        url(
          ['http', 'https'],
          '',
          'Or a Kannel: its sendsms address with name and password, as http://user:password@host:13013/cgi-bin/sendsms.',
        ),
      ),
    ),
    PARLEY_SMS_KANNEL_SECRET: unset(
      secret(text('text', '', 'What its get-url carries as `secret`: long and random. Goes with the address above.')),
    ),
    PARLEY_SMS_TWILIO_URL: unset(
      secret(
        url(
          ['https', 'http'],
          '',
          'Or a provider that works as Twilio does: its API with your account and token, as https://ACCOUNT:TOKEN@api.twilio.com.',
        ),
      ),
    ),
    PARLEY_SMS_TWILIO_MEDIA: flag(
      false,
      'Send pictures, sound and films through it as MMS. Off: as links, like every other file.',
    ),
    PARLEY_SMS_ALPHABET: choice(['gsm', 'latin1'], 'gsm', 'What the SMSC means by data coding 0, its own default.'),
    PARLEY_SMS_COUNTRY: unset(
      count(1, 'Country code of numbers that come without one, such as 47. Default: none come without.', { max: 999 }),
    ),
    PARLEY_SMS_SENDER: unset(
      text(
        'number or name',
        '',
        'Sender of what goes out where an account has no number of its own, such as codes. Nobody can answer it.',
      ),
    ),
    PARLEY_SMS_SEGMENTS: count(10, 'Most text messages that one message may take; longer ones go by another medium.', {
      max: 255,
    }),
  },
  Push: {
    PARLEY_PUSH: flag(
      true,
      'Notifications in browsers (web push), for those who switch them on. Needs https, and the way out to the push services of browser makers.',
    ),
    PARLEY_PUSH_SUBJECT: unset(
      text(
        '`mailto:` and an address, or a page that begins with https://',
        '',
        'Whom a push service may write to about what Parley sends. Default: mailto:postmaster@ the mail domain.',
      ),
    ),
    PARLEY_PUSH_SERVICES: list(
      'host names',
      ['fcm.googleapis.com', '*.push.services.mozilla.com', '*.notify.windows.com', '*.push.apple.com'],
      'Push services that are called; a browser that subscribed elsewhere is refused. *. before a name stands for every name below it, a port may follow.',
      {
        pattern: /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i,
        because: 'each must be a host name such as push.example.org or *.example.org',
      },
    ),
  },
  Limits: {
    PARLEY_BODY_BYTES: bytes('64 KB', 'Longest message text, and longest request that is not an upload.', {
      max: '1 MB',
    }),
    PARLEY_ATTACHMENT_BYTES: bytes('25 MB', 'Largest attachment, and largest sum of them in one message.', {
      max: '200 MB',
    }),
    PARLEY_MAIL_BYTES: bytes('40 MB', 'Largest mail taken in; attachments grow by a third in it.', { max: '400 MB' }),
    PARLEY_CONNECTIONS_PER_ADDRESS: count(50, 'Real-time connections from one IP address.', { max: 100_000 }),
    PARLEY_CONNECTIONS: count(20_000, 'Real-time connections in all.', { max: 1_000_000 }),
    PARLEY_HELD_MAILS: count(
      10_000,
      'Mails held for a decision in one account; more are refused with a temporary error.',
      { max: 1_000_000 },
    ),
    PARLEY_CLAMAV: unset(
      text(
        'host:port, or path of a socket',
        '',
        'Where clamd of ClamAV listens: then every file that comes in is looked at. Default: files are not looked at.',
      ),
    ),
    PARLEY_CLAMAV_AWAY: choice(
      ['hold', 'pass'],
      'hold',
      'While clamd does not answer: hold takes nothing that has a file, and senders try again; pass lets files through and marks them.',
    ),
    PARLEY_FILE_LINK_DAYS: count(30, 'How long a link to a file works, where a medium such as SMS carries no files.', {
      max: 365,
      unit: 'days',
    }),
    PARLEY_HELD_DAYS: count(30, 'After this time what is held expires.', { max: 365, unit: 'days' }),
  },
  Quotas: {
    PARLEY_QUOTA_MESSAGES_PER_VISITOR: perHour(300, 'Messages from one visitor.'),
    PARLEY_QUOTA_MESSAGES_PER_ADDRESS: perHour(600, 'Messages from one IP address or mail address.'),
    PARLEY_QUOTA_MESSAGES_PER_NETWORK: perHour(3_000, 'Messages from one network (/24, or /48 in IPv6).'),
    PARLEY_QUOTA_MESSAGES_PER_SITE: perHour(60_000, 'Messages on one site.'),
    PARLEY_QUOTA_CONVERSATIONS_PER_VISITOR: perHour(10, 'Conversations opened by one visitor.'),
    PARLEY_QUOTA_CONVERSATIONS_PER_ADDRESS: perHour(30, 'Conversations opened from one IP address or mail address.'),
    PARLEY_QUOTA_CONVERSATIONS_PER_NETWORK: perHour(200, 'Conversations opened from one network.'),
    PARLEY_QUOTA_CONVERSATIONS_PER_SITE: perHour(3_000, 'Conversations opened on one site.'),
    PARLEY_QUOTA_UPLOADS_PER_VISITOR: perHour(30, 'Files uploaded by one visitor.'),
    PARLEY_QUOTA_UPLOADS_PER_ADDRESS: perHour(100, 'Files uploaded from one IP address.'),
    PARLEY_QUOTA_CALLS_PER_PROGRAM: perHour(36_000, 'Calls of the API by one program.'),
  },
  'Everything else': {
    PARLEY_LOG_LEVEL: choice(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'info',
      'How much the log says. Words of people and their addresses are never in it.',
    ),
    PARLEY_DEMO: unset(
      flag(true, 'The demo shop with its people. Default: on with the embedded PostgreSQL, off with DATABASE_URL.'),
    ),
    PARLEY_GEO_DATABASE: unset(
      text(
        'path of a file, or none',
        '',
        'An MMDB file that says where IP addresses are used, for finding people by region. Default: the one that comes along, which knows countries only.',
      ),
    ),
    PARLEY_PHONE_COUNTRIES: list(
      'two-letter country codes',
      ['US', 'GB', 'DE'],
      'Countries whose way of writing telephone numbers without a country code is recognised, when identities are masked.',
      {
        pattern: /^[A-Z]{2}$/,
        because: 'each must be two capital letters such as DE (ISO 3166-1)',
      },
    ),
  },
} as const

function perHour(fallback: number, says: string) {
  return count(fallback, says, { min: 0, max: 10_000_000, unit: 'an hour' })
}
