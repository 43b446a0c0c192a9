"""One user's program on slixmpp: commands as JSON lines on standard input, what happens as JSON lines on standard output."""
import asyncio
import json
import sys

import slixmpp


def tell(**facts):
    print(json.dumps(facts), flush=True)


class Person(slixmpp.ClientXMPP):
    def __init__(self, jid, password):
        super().__init__(jid, password)
        for plugin in ('xep_0030', 'xep_0085', 'xep_0184', 'xep_0199', 'xep_0333'):
            self.register_plugin(plugin)
        # What is stored is acknowledged by itself, as a person's program does.
        self['xep_0184'].auto_request = True
        self.add_event_handler('session_start', self.begin)
        self.add_event_handler('message', self.hear)
        self.add_event_handler('receipt_received', lambda m: tell(event='receipt', of=m['receipt']))
        self.add_event_handler('message_error', lambda m: tell(
            event='error', id=m['id'], condition=m['error']['condition'], type=m['error']['type'], text=m['error']['text']))
        for state in ('composing', 'paused'):
            self.add_event_handler('chatstate_' + state, self.state(state))
        self.add_event_handler('failed_auth', lambda _: tell(event='refused'))
        self.add_event_handler('disconnected', lambda _: tell(event='disconnected'))
        self.add_event_handler('changed_status', lambda p: tell(event='presence', jid=p['from'].bare, type=p['type']))
        self.add_filter('in', self.raw)

    def raw(self, stanza):
        tell(event='raw', xml=str(stanza))
        return stanza

    def state(self, state):
        return lambda m: tell(event='typing', jid=m['from'].bare, state=state)

    async def begin(self, _):
        self.send_presence()
        await self.get_roster()
        tell(event='ready')

    def hear(self, message):
        if message['type'] in ('chat', 'normal') and message['body']:
            nick = message.xml.find('{http://jabber.org/protocol/nick}nick')
            tell(event='message', jid=message['from'].bare, id=message['id'], body=message['body'],
                 nick=None if nick is None else nick.text)

    async def obey(self, command):
        kind = command['do']
        if kind == 'say':
            message = self.make_message(mto=command['to'], mbody=command['body'], mtype='chat')
            message['id'] = command['id']
            message['chat_state'] = 'active'
            if command.get('receipt', True):
                message['request_receipt'] = True
            message.send()
        elif kind == 'typing':
            message = self.make_message(mto=command['to'], mtype='chat')
            message['chat_state'] = command['state']
            message.send()
        elif kind == 'displayed':
            self['xep_0333'].send_marker(command['to'], command['id'], 'displayed')
        elif kind == 'add':
            self.send_presence_subscription(pto=command['to'])
        elif kind == 'features':
            info = await self['xep_0030'].get_info(jid=command['to'])
            tell(event='features', id=command['id'], features=sorted(info['disco_info']['features']))
        elif kind == 'raw':
            self.send_raw(command['xml'])


async def main():
    host, port, jid = sys.argv[1:4]
    # The password comes in the first line, so that no list of processes shows it.
    password = json.loads(sys.stdin.readline())['password']
    person = Person(jid, password)
    person.connect((host, int(port)), force_starttls=False, disable_starttls=True)
    loop = asyncio.get_running_loop()
    while True:
        line = await loop.run_in_executor(None, sys.stdin.readline)
        if not line:
            break
        try:
            await person.obey(json.loads(line))
        except Exception as error:
            tell(event='fault', what=type(error).__name__, text=str(error))
    await person.disconnect(wait=1.0)


asyncio.run(main())
