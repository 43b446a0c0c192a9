import './reading.css'
import { Stack } from '@mantine/core'
import { useSites } from '../admin/admin.queries.ts'
import { Loaded } from '../admin/loaded.tsx'
import { HowWell } from './how-well.tsx'
import { Numbers } from './numbers.tsx'
import { Products } from './products.tsx'
import { useReading } from './reading.queries.ts'
import { ReadingWordsProvider } from './reading-words.tsx'
import { Topics } from './topics.tsx'
import { TryBox } from './try-box.tsx'

/** What first words are read by, and how well. */
export function ReadingPage() {
  return (
    <ReadingWordsProvider>
      <Everything />
    </ReadingWordsProvider>
  )
}

function Everything() {
  const sites = useSites().data ?? []
  return (
    <Loaded query={useReading()}>
      {(view) => (
        <Stack gap="lg" className="reading">
          <HowWell view={view} sites={sites} />
          <TryBox view={view} sites={sites} />
          <Topics view={view} sites={sites} />
          <Products products={view.products} />
          <Numbers patterns={view.patterns} />
        </Stack>
      )}
    </Loaded>
  )
}
