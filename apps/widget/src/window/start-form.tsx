import type { EnterConversation, FormField, WidgetConfig } from '@parley/protocol'
import { type Answers, Fields } from './fields.tsx'
import type { Session } from './session.ts'
import { currentTag, t } from './text.ts'

const nameOfLanguage = (code: string): string =>
  new Intl.DisplayNames([code, currentTag()], { type: 'language' }).of(code) ?? code

const regionNameOf = (code: string): string =>
  /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames([currentTag()], { type: 'region' }).of(code) ?? code) : code

type Asked = FormField & { labels?: Record<string, string> }

/** What the site asks before a conversation begins. The site's own fields carry a prefix, so that one may be called "topic". */
export function askedFields({ ask, topics, languages, regions }: WidgetConfig): Asked[] {
  const choice = (name: string, label: string, required: boolean, labels: [string, string][]): Asked => ({
    name,
    label,
    kind: 'choice',
    required,
    choices: labels.map(([value]) => value),
    labels: Object.fromEntries(labels),
  })
  const asked: Asked[] = []
  if (ask.topic !== 'no' && topics.length > 0) {
    asked.push(
      choice(
        'topic',
        t('topic'),
        ask.topic === 'required',
        topics.map(({ id, name }) => [id, name]),
      ),
    )
  }
  if (ask.language && languages.length > 1) {
    asked.push(
      choice(
        'language',
        t('language'),
        false,
        languages.map((code) => [code, nameOfLanguage(code)]),
      ),
    )
  }
  if (ask.region && regions.length > 0) {
    asked.push(
      choice(
        'region',
        t('region'),
        false,
        regions.map((code) => [code, regionNameOf(code)]),
      ),
    )
  }
  return [...asked, ...ask.fields.map((field) => ({ ...field, name: `field-${field.name}` }))]
}

export function toChoice({ topic, language, region, ...rest }: Answers): EnterConversation {
  const choice: EnterConversation = {}
  if (topic) choice.topic = topic
  if (language) choice.language = language
  if (region) choice.region = region
  const fields = Object.entries(rest).map(([name, answer]) => [name.slice('field-'.length), answer])
  if (fields.length > 0) choice.fields = Object.fromEntries(fields)
  return choice
}

export function StartForm({ session }: { session: Session }) {
  const { config } = session
  if (!config) return null
  return (
    <main class="start">
      <p class="greeting">{config.greeting || t('greeting')}</p>
      <Fields
        id="start"
        fields={askedFields(config)}
        submit={t('start')}
        onSubmit={(answers) => session.begin(toChoice(answers))}
      />
    </main>
  )
}
