import { Anchor, Badge, Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import type { InvitationResponse, InvitationView, JoiningMode, JoiningView } from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { Section } from '../settings/section.tsx'
import { useSaving } from '../settings/use-saving.ts'
import type { Word } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'
import { useAdminCall, useJoining, useTeams } from './admin.queries.ts'
import { CopyButton } from './copy-button.tsx'
import { Loaded } from './loaded.tsx'
import { nameIn } from './names.model.ts'

const modes: Record<JoiningMode, Word> = {
  open: 'join.modeOpen',
  invited: 'join.modeInvited',
  approved: 'join.modeApproved',
  closed: 'join.modeClosed',
}

/** Who may join, and the invitations. */
export function Joining() {
  const { say } = useWords()
  const joining = useJoining()
  return (
    <Section title={say('join.mode')}>
      <Loaded query={joining}>
        {(view) => (
          <Stack>
            <Mode view={view} />
            {view.mode !== 'closed' && <Invitations view={view} />}
          </Stack>
        )}
      </Loaded>
    </Section>
  )
}

function Mode({ view }: { view: JoiningView }) {
  const { say } = useWords()
  const call = useAdminCall()
  const saving = useSaving()
  return (
    <>
      <Select
        aria-label={say('join.mode')}
        data={Object.entries(modes).map(([value, word]) => ({ value, label: say(word) }))}
        value={view.mode}
        allowDeselect={false}
        onChange={(mode) => mode && saving.run(call(['joining'], 'joining', { method: 'PATCH', body: { mode } }))}
      />
      {view.mode !== 'closed' && (
        <Group gap="sm">
          <Text size="sm">{say('join.page')}</Text>
          <Anchor href={view.url} className="grow admin-url" dir="ltr" size="sm">
            {view.url}
          </Anchor>
          <CopyButton text={view.url} what={say('join.page')} />
        </Group>
      )}
      <ProblemNote problem={saving.problem} />
    </>
  )
}

function Invitations({ view }: { view: JoiningView }) {
  const { say } = useWords()
  const [made, setMade] = useState<InvitationResponse | null>(null)
  return (
    <Stack component="section" aria-label={say('invite.title')} gap="sm">
      <h3 className="admin-title">{say('invite.title')}</h3>
      {view.invitations.length === 0 && <Text c="dimmed">{say('invite.none')}</Text>}
      <ul className="admin-list">
        {view.invitations.map((invitation) => (
          <Invitation key={invitation.id} invitation={invitation} />
        ))}
      </ul>
      {made && (
        <div role="status" className="admin-made">
          <Text size="sm">{say('invite.once')}</Text>
          <Group>
            <code className="grow admin-url" dir="ltr">
              {made.url}
            </code>
            <CopyButton text={made.url} what={made.invitation.name} />
          </Group>
        </div>
      )}
      <NewInvitation onMade={setMade} />
    </Stack>
  )
}

function Invitation({ invitation }: { invitation: InvitationView }) {
  const { say, language } = useWords()
  const call = useAdminCall()
  const saving = useSaving()
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(invitation.expiresAt))
  const isOver = invitation.used >= invitation.uses || new Date(invitation.expiresAt) <= new Date()
  return (
    <li className="admin-row">
      <div className="grow">
        <strong>{invitation.name}</strong>
        <Text size="sm" c="dimmed">
          {say('invite.used', { used: invitation.used, uses: invitation.uses, date })}
        </Text>
      </div>
      {isOver ? (
        <Badge variant="light" className="state" color="gray">
          {say('admin.ended')}
        </Badge>
      ) : (
        <Button
          size="xs"
          variant="default"
          aria-label={say('admin.endWhat', { what: invitation.name })}
          onClick={() => saving.run(call(['joining'], `invitations/${invitation.id}/end`, { method: 'POST' }))}
        >
          {say('admin.end')}
        </Button>
      )}
      <ProblemNote problem={saving.problem} />
    </li>
  )
}

function NewInvitation({ onMade }: { onMade: (made: InvitationResponse) => void }) {
  const { say, language } = useWords()
  const teams = useTeams().data ?? []
  const call = useAdminCall()
  const saving = useSaving()
  const empty = { name: '', uses: 1, days: 14, email: '', team: null as string | null }
  const [form, setForm] = useState(empty)
  const set = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }))
  async function make(event: FormEvent) {
    event.preventDefault()
    const { email, ...rest } = form
    const body = { ...rest, ...(email.trim() ? { email: email.trim() } : {}) }
    const answer = await saving.run(call<InvitationResponse>(['joining'], 'invitations', { method: 'POST', body }))
    if (!answer.ok) return
    onMade(answer.value)
    setForm(empty)
  }
  return (
    <form onSubmit={make}>
      <Stack gap="sm">
        <Group grow preventGrowOverflow={false} align="flex-end">
          <TextInput
            required
            label={say('invite.name')}
            value={form.name}
            maxLength={100}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            type="email"
            label={say('admin.optional', { label: say('invite.email') })}
            value={form.email}
            onChange={(event) => set({ email: event.currentTarget.value })}
          />
        </Group>
        <Group grow preventGrowOverflow={false} align="flex-end">
          <NumberInput
            label={say('invite.uses')}
            min={1}
            max={10_000}
            value={form.uses}
            onChange={(uses) => set({ uses: Number(uses) || 1 })}
          />
          <NumberInput
            label={say('invite.days')}
            min={1}
            max={365}
            value={form.days}
            onChange={(days) => set({ days: Number(days) || 1 })}
          />
          {teams.length > 0 && (
            <Select
              clearable
              label={say('admin.optional', { label: say('teams.team') })}
              data={teams.map(({ id, names }) => ({ value: id, label: nameIn(names, language) }))}
              value={form.team}
              onChange={(team) => set({ team })}
            />
          )}
        </Group>
        <ProblemNote problem={saving.problem} />
        <Group>
          <Button type="submit" loading={saving.isBusy} disabled={form.name.trim() === ''}>
            {say('invite.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
