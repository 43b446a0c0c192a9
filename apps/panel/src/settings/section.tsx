import { Paper, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'

export function Section({ title, how, children }: { title: string; how?: string; children: ReactNode }) {
  const id = useId()
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby={id}>
      <Title order={2} id={id}>
        {title}
      </Title>
      {how && (
        <Text size="sm" c="dimmed" mt={4}>
          {how}
        </Text>
      )}
      <div className="section-body">{children}</div>
    </Paper>
  )
}
