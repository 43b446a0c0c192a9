import { Badge, Button, Group, Loader, Text, Title } from '@mantine/core'
import type { PlaceInvitationView, Problem, SentInvitationView } from '@parley/protocol'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Refused } from '../api/ask.ts'
import { BackToList } from '../conversations/conversation.page.tsx'
import { joinParts } from '../desk/join-parts.model.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { fullTime } from '../desk/times.model.ts'
import { usePerform } from '../structure/use-perform.ts'
import type { Word } from '../words/words.model.ts'
import { useWords } from '../words/words.tsx'
import { useInvitations } from './invitations.queries.ts'

/** Into what one is asked, and whom one has asked. */
export function InvitationsPage() {
  const { say } = useWords()
  const invitations = useInvitations()
  useEffect(() => {
    document.title = `${say('invitations.title')} · Parley`
  }, [say])
  const { open = [], sent = [] } = invitations.data ?? {}
  return (
    <section className="page">
      <header className="middle-head">
        <BackToList />
        <div className="middle-title">
          <Title order={1}>{say('invitations.title')}</Title>
        </div>
      </header>
      <div className="page-body">
        {invitations.error instanceof Refused && <ProblemNote problem={invitations.error.problem} />}
        {invitations.isPending && <Loader role="status" aria-label={say('page.loading')} />}
        {invitations.data && open.length === 0 && <Text c="dimmed">{say('invitations.none')}</Text>}
        <ul className="cards">
          {open.map((one) => (
            <Invited key={one.id} invitation={one} />
          ))}
        </ul>
        {sent.length > 0 && (
          <section aria-labelledby="sent-title">
            <Title order={2} id="sent-title" className="admin-title">
              {say('invitations.sent')}
            </Title>
            <ul className="admin-list">
              {sent.map((one) => (
                <Sent key={one.id} invitation={one} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </section>
  )
}

function Invited({ invitation }: { invitation: PlaceInvitationView }) {
  const { language, say } = useWords()
  const perform = usePerform()
  const navigate = useNavigate()
  const [problem, setProblem] = useState<Problem | null>(null)
  async function answer(accept: boolean) {
    const answered = await perform(
      'answer-invitation',
      { invitation: invitation.id, accept },
      say(accept ? 'invitations.accepted' : 'invitations.declined'),
    )
    if (!answered.ok) return setProblem(answered.problem)
    const { conversation } = answered.value
    if (accept && conversation) void navigate({ to: '/conversations/$conversation', params: { conversation } })
  }
  return (
    <li className="card">
      <Title order={2}>{say('invitations.from', { who: invitation.by })}</Title>
      <Text size="sm" c="dimmed">
        {joinParts([
          invitation.site,
          say(invitation.kind === 'backchannel' ? 'invitations.toBackchannel' : 'invitations.toExchange'),
          fullTime(invitation.at, language),
        ])}
      </Text>
      {invitation.note !== '' && (
        <p className="held-text" dir="auto">
          {invitation.note}
        </p>
      )}
      <Text size="sm">{say('invitations.until', { at: fullTime(invitation.until, language) })}</Text>
      <ProblemNote problem={problem} />
      <Group>
        <Button onClick={() => answer(true)}>{say('invitations.accept')}</Button>
        <Button variant="default" onClick={() => answer(false)}>
          {say('invitations.decline')}
        </Button>
      </Group>
    </li>
  )
}

const stateWords: Record<SentInvitationView['state'], Word> = {
  open: 'invitations.open',
  accepted: 'invitations.isAccepted',
  declined: 'invitations.isDeclined',
  withdrawn: 'structure.withdrawn',
  expired: 'invitations.expired',
}

function Sent({ invitation }: { invitation: SentInvitationView }) {
  const { language, say } = useWords()
  const perform = usePerform()
  const [problem, setProblem] = useState<Problem | null>(null)
  async function withdraw() {
    const answer = await perform('withdraw-invitation', { invitation: invitation.id }, say('structure.withdrawn'))
    setProblem(answer.ok ? null : answer.problem)
  }
  return (
    <li className="admin-row">
      <div className="grow">
        <bdi>{invitation.alias}</bdi>
        <Text size="sm" c="dimmed">
          {fullTime(invitation.at, language)}
        </Text>
      </div>
      <Badge variant="light" className="state">
        {say(stateWords[invitation.state])}
      </Badge>
      {invitation.state === 'open' && (
        <Button
          size="xs"
          variant="default"
          aria-label={say('invitations.withdrawWhat', { who: invitation.alias })}
          onClick={withdraw}
        >
          {say('invitations.withdraw')}
        </Button>
      )}
      <ProblemNote problem={problem} />
    </li>
  )
}
