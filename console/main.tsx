import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/dropzone/styles.css'
import './ui/global.css'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createConsoleRouter } from './routes.tsx'
import { Providers } from './shell/providers.tsx'
import { guardHtml } from './shell/trusted-html.ts'

guardHtml()
const root = document.querySelector('#root')
if (!root) throw new Error('The page has no place for the console')
createRoot(root).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={createConsoleRouter()} />
    </Providers>
  </StrictMode>,
)
