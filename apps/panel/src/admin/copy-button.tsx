import { Button, CopyButton as Copy } from '@mantine/core'
import { useSay } from '../words/words.tsx'

/** `what`: said to those who do not see what stands beside it. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const say = useSay()
  return (
    <Copy value={text} timeout={2_000}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          size="xs"
          onClick={copy}
          aria-label={copied ? say('admin.copied') : say('admin.copyWhat', { what })}
        >
          {copied ? say('admin.copied') : say('admin.copy')}
        </Button>
      )}
    </Copy>
  )
}
