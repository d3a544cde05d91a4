/** The app begins: its language is loaded first, so that no screen is ever shown in another. */
import '../shared/design/tokens.css'
import '../shared/design/base.css'
import '../shared/design/parts.css'
import './shell.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { firstLanguage, load, Speaking } from '../shared/language/speak.tsx'
import { queries } from '../shared/node/node.tsx'
import { router } from './router.tsx'
import { beginTheme } from './theme.ts'

const place = document.getElementById('app')
if (!place) throw new Error('the page has no place for the app')
beginTheme()
const first = firstLanguage()
await load(first)
createRoot(place).render(
  <StrictMode>
    <Speaking first={first}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Speaking>
  </StrictMode>,
)
