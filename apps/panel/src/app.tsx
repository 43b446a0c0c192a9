import { MantineProvider } from '@mantine/core'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Refused } from './api/ask.ts'
import { makeRouter } from './routes.tsx'
import { styleNonce, theme, variables } from './theme.ts'
import { WordsProvider } from './words/words.tsx'

const queries = new QueryClient({
  queryCache: new QueryCache({
    // The session ended, here or from elsewhere: drafts stay, everything else is read again after the next sign-in.
    onError: (error) => {
      if (error instanceof Refused && error.status === 401) void router.navigate({ to: '/sign-in' })
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // A refusal stays one; only what never reached the server is worth another try.
      retry: (count, error) => count < 3 && error instanceof Refused && (error.status === 0 || error.status >= 500),
    },
  },
})
const router = makeRouter(queries)

export function App() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
      cssVariablesResolver={variables}
    >
      <WordsProvider>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </WordsProvider>
    </MantineProvider>
  )
}
