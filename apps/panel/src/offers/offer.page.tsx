import { Alert, Button, Loader, Text, Title } from '@mantine/core'
import type { OfferView, Problem } from '@parley/protocol'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Composer } from '../conversations/composer.tsx'
import { BackToList } from '../conversations/conversation.page.tsx'
import { forQuestions } from '../conversations/drafts.model.ts'
import { echoId } from '../conversations/echo-id.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { fullTime } from '../desk/times.model.ts'
import { useWords } from '../words/words.tsx'
import { mayAnswer, overWord } from './offers.model.ts'
import { useOfferCalls, useOffers } from './offers.queries.ts'

export function OfferPage({ id }: { id: string }) {
  const { say } = useWords()
  const offers = useOffers()
  const found = offers.data?.find((one) => one.id === id)
  // A question that somebody else took disappears from the list, not from under one's hands.
  const [kept, keep] = useState<OfferView | undefined>(found)
  useEffect(() => {
    if (found) keep(found)
  }, [found])
  const offer = found ?? (kept && { ...kept, state: kept.state === 'open' ? ('withdrawn' as const) : kept.state })
  if (offer) return <Offer offer={offer} />
  if (offers.isPending) return <Loader className="alone" role="status" aria-label={say('page.loading')} />
  return (
    <div className="nothing">
      <Title order={1}>{say('page.notThere')}</Title>
      <Text c="dimmed">{say('offer.goneWhy')}</Text>
      <Button component={Link} to="/" variant="default">
        {say('page.toDesk')}
      </Button>
    </div>
  )
}

function Offer({ offer }: { offer: OfferView }) {
  const { language, say } = useWords()
  const calls = useOfferCalls()
  const navigate = useNavigate()
  const [echo] = useState(echoId)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [late, setLate] = useState<string | null>(null)
  const [busy, setBusy] = useState<'answer' | 'decline' | null>(null)
  const over = overWord(offer.state)
  const theirLanguage = new Intl.DisplayNames([language], { type: 'language' }).of(offer.language) ?? offer.language

  useEffect(() => {
    document.title = `${offer.asker} · Parley`
  }, [offer.asker])

  async function answer(text: string, attachments: string[]): Promise<boolean> {
    setBusy('answer')
    const answered = await calls.answer(offer.id, {
      id: echo,
      text,
      ...(attachments.length > 0 ? { attachments } : {}),
    })
    setBusy(null)
    if (!answered.ok) {
      setProblem(answered.problem)
      return false
    }
    setProblem(null)
    if (answered.value.outcome === 'late') setLate(answered.value.text || say('offer.late'))
    else void navigate({ to: '/conversations/$conversation', params: { conversation: answered.value.conversation } })
    return true
  }
  async function decline() {
    setBusy('decline')
    const declined = await calls.decline(offer.id)
    setBusy(null)
    if (declined.ok) void navigate({ to: '/' })
    else setProblem(declined.problem)
  }

  return (
    <section className="conversation" aria-label={say('offer.from', { asker: offer.asker })}>
      <header className="middle-head">
        <BackToList />
        <div className="middle-title">
          <Title order={1}>{offer.asker}</Title>
          <Text size="xs" c="dimmed">
            {[offer.site, offer.topic, theirLanguage, fullTime(offer.at, language)].filter(Boolean).join(' · ')}
          </Text>
        </div>
        {offer.state === 'open' && !late && (
          <Button variant="default" size="xs" onClick={decline} loading={busy === 'decline'}>
            {say('offer.decline')}
          </Button>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section className="log" tabIndex={0} aria-label={say('offer.question')}>
        <article className="bubble bubble-question">
          <p className="bubble-text" dir="auto">
            {offer.text}
          </p>
        </article>
        <Text size="sm" c="dimmed" className="because">
          {say('offer.because', { because: offer.because })}
        </Text>
        {late && (
          <Alert color="sea" role="status" title={say('offer.lateTitle')}>
            {late}
          </Alert>
        )}
        {!late && over && (
          <Alert color="gray" role="status">
            {say(over)}
          </Alert>
        )}
        <ProblemNote problem={problem} />
      </section>
      {mayAnswer(offer.state) && !late && (
        <Composer
          place={`${forQuestions}.${offer.id}`}
          label={say('offer.answerLabel')}
          sendLabel={say('offer.answer')}
          onSend={answer}
          isBusy={busy === 'answer'}
        />
      )}
    </section>
  )
}
