import { count, domain, fileContent, flag, host, list, port, portOrOff, secret, shaped, text, unset } from './option.ts'

const sipAddress = /^sips?:(?:[^\s@<>"?]+@)?[^\s@<>"?]+$/i

/** The gateway to SIP (docs/media/sip.md). */
export const sipOptions = {
  PARLEY_SIP_DOMAIN: unset(
    domain('', 'Domain of the SIP addresses. Its SIP has to arrive at Parley. Without it there is no SIP.'),
  ),
  PARLEY_SIP_HOST: host('127.0.0.1', 'Where the built-in SIP user agent listens.'),
  PARLEY_SIP_PORT: portOrOff(5060, 'Its port for UDP and TCP.'),
  PARLEY_SIP_TLS_PORT: unset(port(5061, 'Its port for TLS. Default: none. Needs key and certificate.')),
  PARLEY_SIP_WS_PORT: unset(
    port(5062, 'Its port for WebSocket (RFC 7118); with key and certificate for wss. Default: none.'),
  ),
  PARLEY_SIP_TLS_KEY_FILE: fileContent('Private key (PEM) for TLS and wss.'),
  PARLEY_SIP_TLS_CERT_FILE: fileContent('Certificate chain (PEM) to go with it.'),
  PARLEY_SIP_PUBLIC_HOST: unset(
    domain('', 'The name by which others reach it: it stands in every message. Default: the domain.'),
  ),
  PARLEY_SIP_PUBLIC_PORT: unset(port(5060, 'The port by which others reach it, where something in front maps it.')),
  PARLEY_SIP_PROXY: unset(
    shaped(
      'SIP address',
      'Your SIP proxy, to which everything is sent, as sip:proxy.example.org;transport=tcp. Without it messages go straight to the domain of each person.',
      sipAddress,
      'must be a SIP address such as sip:proxy.example.org;transport=tcp',
    ),
  ),
  PARLEY_SIP_USER: unset(text('user name', '', 'With what Parley proves itself to the proxy and the registrar.')),
  PARLEY_SIP_PASSWORD: unset(secret(text('text', '', 'The password to go with it.'))),
  PARLEY_SIP_REGISTER: unset(
    shaped(
      'SIP address',
      'An address to register at its domain, as sip:parley@example.org, where the proxy finds Parley in no other way.',
      sipAddress,
      'must be a SIP address such as sip:parley@example.org',
    ),
  ),
  PARLEY_SIP_REGISTER_SECONDS: count(600, 'For how long it is registered each time; renewed at half of it.', {
    min: 10,
    max: 86_400,
    unit: 'seconds',
  }),
  PARLEY_SIP_TRUSTED_PEERS: list(
    'addresses or networks',
    [],
    'SIP proxies of your own that check who writes: their P-Asserted-Identity is believed.',
    {
      pattern: /^[0-9a-f.:]+(\/\d{1,3})?$/i,
      because: 'each must be an IP address or a network such as 10.0.0.0/8',
    },
  ),
  PARLEY_SIP_USERS: unset(
    secret(
      shaped(
        'addresses with their passwords',
        'People who prove by a password who they are, where no proxy of yours does it: sip:bo@example.org and a password, separated by a space, a line for each.',
        /^(?:sips?:[^\s@]+@\S+[ \t]+\S+\s*)+$/i,
        'must hold a SIP address and a password in each line',
      ),
    ),
  ),
  PARLEY_SIP_CA_FILE: fileContent('Certificates (PEM) to trust when connecting by TLS, in place of the usual ones.'),
  PARLEY_SIP_PRIVATE: flag(
    false,
    'Send to addresses of people that lead into a private network, too. A proxy may always be in one.',
  ),
}
