export interface KamailioConfig {
  host: string
  port: number
  webSocketPort: number
  /** The domain whose people register here. */
  domain: string
  /** User parts and their passwords. */
  passwords: ReadonlyMap<string, string>
  /** Parley behind this proxy. */
  ours: { domain: string; port: number; transport: 'udp' | 'tcp'; user: string; password: string }
}

/**
 * A registrar and proxy without a database. People of its domain prove themselves, and it vouches for them with P-Asserted-Identity; every
 * address of our domain leads to Parley, which proves itself as a user like any other.
 */
export function kamailioConfig({ host, port, webSocketPort, domain, passwords, ours }: KamailioConfig): string {
  const users = [...passwords].map(([user, password]) => `  $sht(users=>${user}@${domain}) = "${password}";`)
  return `#!KAMAILIO
debug=1
log_stderror=yes
children=2
tcp_children=2
auto_aliases=no
rev_dns=no
disable_tcp=no
tcp_accept_no_cl=yes
tcp_connection_lifetime=3605
alias="${domain}"
listen=udp:${host}:${port}
listen=tcp:${host}:${port}
listen=tcp:${host}:${webSocketPort}

loadmodule "tm.so"
loadmodule "tmx.so"
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "maxfwd.so"
loadmodule "textops.so"
loadmodule "siputils.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "htable.so"
loadmodule "auth.so"
loadmodule "nathelper.so"
loadmodule "xhttp.so"
loadmodule "websocket.so"

modparam("htable", "htable", "users=>size=8;")
modparam("usrloc", "db_mode", 0)
modparam("registrar", "min_expires", 5)
modparam("registrar", "max_expires", 3600)
modparam("registrar", "received_avp", "$avp(RECEIVED)")
modparam("nathelper", "received_avp", "$avp(RECEIVED)")
modparam("tm", "fr_timer", 10000)
modparam("auth", "nonce_expire", 300)

event_route[htable:mod-init] {
${users.join('\n')}
  $sht(users=>${ours.user}@${ours.domain}) = "${ours.password}";
}

request_route {
  if (!mf_process_maxfwd_header("70")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("OPTIONS") && uri == myself) { sl_send_reply("200", "OK"); exit; }
  if ($Rp == "${webSocketPort}" && proto != WS && proto != WSS) { sl_send_reply("403", "WebSocket only"); exit; }
  force_rport();

  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("$td", "$sht(users=>$aU@$td)", "0")) { www_challenge("$td", "1"); exit; }
    if ($aU != $tU) { sl_send_reply("403", "Somebody else"); exit; }
    fix_nated_register();
    if (!save("location")) sl_reply_error();
    exit;
  }
  if (!is_method("MESSAGE")) { sl_send_reply("405", "Method Not Allowed"); exit; }

  # Whoever speaks for one of our two domains proves it; nobody else may vouch for anybody.
  remove_hf("P-Asserted-Identity");
  if ($fd != "${domain}" && $fd != "${ours.domain}") { sl_send_reply("403", "Not from here"); exit; }
  if (!pv_proxy_authenticate("$fd", "$sht(users=>$au@$fd)", "0")) { proxy_challenge("$fd", "1"); exit; }
  if ($fd == "${domain}" && $aU != $fU) { sl_send_reply("403", "Somebody else"); exit; }
  consume_credentials();

  if ($rd == "${ours.domain}") {
    append_hf("P-Asserted-Identity: <sip:$fU@$fd>\\r\\n");
    $du = "sip:${host}:${ours.port};transport=${ours.transport}";
    t_relay();
    exit;
  }
  if (uri != myself) { sl_send_reply("404", "Not Found"); exit; }
  if ($sht(users=>$rU@$rd) == $null) { sl_send_reply("404", "Not Found"); exit; }
  if (!lookup("location")) { sl_send_reply("480", "Temporarily Unavailable"); exit; }
  t_relay();
}

event_route[xhttp:request] {
  if ($Rp == "${webSocketPort}" && $hdr(Upgrade) =~ "websocket" && $rm =~ "GET") {
    ws_handle_handshake();
    exit;
  }
  xhttp_reply("404", "Not Found", "", "");
}
`
}
