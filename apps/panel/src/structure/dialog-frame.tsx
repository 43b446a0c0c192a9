import { Button, Group, Modal, Stack } from '@mantine/core'
import type { OperationResult, Problem } from '@parley/protocol'
import { type ReactNode, useState } from 'react'
import type { Answer } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSay } from '../words/words.tsx'

interface Props {
  title: string
  /** What the button says that does it. */
  does: string
  isReady: boolean
  isDangerous?: boolean
  onClose: (isDone?: boolean) => void
  onDo: () => Promise<Answer<OperationResult>>
  children: ReactNode
}

/** A dialog that asks what is needed for one operation, does it, and stays open with the reason where it is refused. */
export function DialogFrame({ title, does, isReady, isDangerous = false, onClose, onDo, children }: Props) {
  const say = useSay()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  async function act() {
    if (!isReady || isBusy) return
    setBusy(true)
    const answer = await onDo()
    setBusy(false)
    if (answer.ok) onClose(true)
    else setProblem(answer.problem)
  }
  return (
    <Modal
      opened
      onClose={() => onClose()}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': say('page.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void act()
        }}
      >
        <Stack>
          {children}
          <ProblemNote problem={problem} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => onClose()}>
              {say('page.cancel')}
            </Button>
            <Button type="submit" disabled={!isReady} loading={isBusy} {...(isDangerous ? { color: 'red.9' } : {})}>
              {does}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
