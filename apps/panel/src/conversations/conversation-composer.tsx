import { Select, Text } from '@mantine/core'
import type { ConversationView, FormField } from '@parley/protocol'
import { useState } from 'react'
import { circlesOf } from '../live/live.model.ts'
import { useLive } from '../live/live.tsx'
import { useSay } from '../words/words.tsx'
import { AskForm } from './ask-form.tsx'
import { Composer } from './composer.tsx'

const everyone = 'everyone'

export function ConversationComposer({ conversation }: { conversation: ConversationView }) {
  const say = useSay()
  const { client } = useLive()
  const circles = circlesOf(conversation)
  const [chosen, choose] = useState(everyone)
  const only = circles.length === 1 ? circles[0] : circles.find((circle) => circle.interaction === chosen)
  const to = only ? { interaction: only.interaction } : { conversation: conversation.id }
  if (circles.length === 0) {
    return (
      <Text className="composer composer-closed" c="dimmed">
        {say(conversation.state === 'closed' ? 'conversation.closedWhy' : 'conversation.readOnly')}
      </Text>
    )
  }
  const ask = (text: string, fields: FormField[]) => client.say(to, text, { ask: fields })
  return (
    <Composer
      place={conversation.id}
      label={say('composer.label')}
      onTyping={(on) => client.setTyping(to, on)}
      onSend={(text, attachments) => {
        client.say(to, text, attachments.length > 0 ? { attachments } : {})
        return true
      }}
      tools={
        <>
          <AskForm language={conversation.language} onAsk={ask} />
          {circles.length > 1 && (
            <Select
              size="xs"
              aria-label={say('composer.to')}
              data={[
                { value: everyone, label: say('composer.everyone') },
                ...circles.map((circle) => ({ value: circle.interaction, label: circle.aliases.join(', ') })),
              ]}
              value={chosen}
              onChange={(value) => choose(value ?? everyone)}
              allowDeselect={false}
            />
          )}
        </>
      }
    />
  )
}
