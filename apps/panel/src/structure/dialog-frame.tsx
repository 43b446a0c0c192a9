import { Button, Group, Modal, Stack } from '@mantine/core'
import type { OperationResult, Problem } from '@parley/protocol'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Answer } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSay } from '../words/words.tsx'
import { useToast } from './toast.tsx'
import { problemText } from './use-perform.ts'

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

/** A dialog that asks what is needed for one operation, does it, and stays open with the reason where it is refused; who has left it is told all the same. */
export function DialogFrame({ title, does, isReady, isDangerous = false, onClose, onDo, children }: Props) {
  const say = useSay()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const show = useToast()
  const isLeft = useRef(false)
  useEffect(() => {
    isLeft.current = false
    return () => {
      isLeft.current = true
    }
  }, [])
  async function act() {
    if (!isReady || isBusy) return
    setBusy(true)
    const answer = await onDo()
    setBusy(false)
    if (answer.ok) onClose(true)
    else if (isLeft.current) show({ text: problemText(answer.problem, say) })
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
