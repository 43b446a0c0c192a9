import '@mantine/core/styles.css'
import './desk.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'

// Before the first paint, so that a dark room stays dark.
const dark = window.matchMedia('(prefers-color-scheme: dark)')
document.documentElement.dataset.mantineColorScheme = dark.matches ? 'dark' : 'light'

const root = document.getElementById('desk')
if (!root) throw new Error('index.html has no #desk')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
