import { Loader } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { PageProblem } from '../desk/page-problem.tsx'
import { useSay } from '../words/words.tsx'

/** What has been read is shown; until then that it is being read, or why it could not be. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (value: T) => ReactNode }) {
  const say = useSay()
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <PageProblem error={query.error} />
  return <Loader className="alone" role="status" aria-label={say('page.loading')} />
}
