import { Button, Group, Loader, Modal, Stack, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { HeldView, Problem } from '@parley/protocol'
import { useEffect, useState } from 'react'
import { Refused } from '../api/ask.ts'
import { BackToList } from '../conversations/conversation.page.tsx'
import { ProblemNote } from '../desk/problem-note.tsx'
import { sayMedium } from '../desk/say-medium.ts'
import { fileSize, fullTime } from '../desk/times.model.ts'
import { useWords } from '../words/words.tsx'
import { whyWord } from './held.model.ts'
import { useHeld, useHeldCalls } from './held.queries.ts'

export function HeldPage() {
  const { say } = useWords()
  const held = useHeld()
  useEffect(() => {
    document.title = `${say('held.title')} · Parley`
  }, [say])
  return (
    <section className="page">
      <header className="middle-head">
        <BackToList />
        <div className="middle-title">
          <Title order={1}>{say('held.title')}</Title>
          <Text size="sm" c="dimmed">
            {say('held.how')}
          </Text>
        </div>
      </header>
      <div className="page-body">
        {held.error instanceof Refused && <ProblemNote problem={held.error.problem} />}
        {held.isPending && <Loader role="status" aria-label={say('page.loading')} />}
        {held.data?.length === 0 && <Text c="dimmed">{say('held.none')}</Text>}
        <ul className="cards">
          {held.data?.map((item) => (
            <HeldItem key={item.id} item={item} />
          ))}
        </ul>
      </div>
    </section>
  )
}

function HeldItem({ item }: { item: HeldView }) {
  const { language, say } = useWords()
  const decide = useHeldCalls()
  const [busy, setBusy] = useState<'release' | 'discard' | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isAsking, asking] = useDisclosure(false)
  const why = whyWord(item.why)

  async function act(decision: 'release' | 'discard') {
    setBusy(decision)
    asking.close()
    const answer = await decide(item.id, decision)
    setBusy(null)
    if (!answer.ok) setProblem(answer.problem)
  }

  return (
    <li className="card">
      <Title order={2}>{why ? say(why) : item.why}</Title>
      <Text size="sm" c="dimmed">
        {say('held.claims', {
          claims: item.claims,
          channel: sayMedium(item.channel, say),
          at: fullTime(item.at, language),
        })}
      </Text>
      <p className="held-text" dir="auto">
        {item.text}
      </p>
      {item.attachments.length > 0 && (
        <ul className="files" aria-label={say('message.attachments')}>
          {item.attachments.map((one) => (
            <li key={one.name} className="file">
              <span className="file-name" dir="auto">
                {one.name}
              </span>
              <span className="file-size">{fileSize(one.size, language)}</span>
            </li>
          ))}
        </ul>
      )}
      <Text size="sm">{say('held.expires', { at: fullTime(item.expiresAt, language) })}</Text>
      <ProblemNote problem={problem} />
      <Group>
        <Button onClick={() => act('release')} loading={busy === 'release'}>
          {say('held.release')}
        </Button>
        <Button variant="default" onClick={asking.open} loading={busy === 'discard'}>
          {say('held.discard')}
        </Button>
      </Group>
      <Modal
        opened={isAsking}
        onClose={asking.close}
        title={say('held.discardSure')}
        closeButtonProps={{ 'aria-label': say('page.close') }}
      >
        <Stack>
          <Text>{say('held.discardWhy')}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={asking.close} data-autofocus>
              {say('page.cancel')}
            </Button>
            <Button color="red.9" onClick={() => act('discard')}>
              {say('held.discard')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </li>
  )
}
