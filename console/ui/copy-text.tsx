import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useBlockWords } from './block-words.ts'

const shownMs = 2000

/** A small button that copies a text; `label` says what it copies. */
export function CopyText({ text, label }: { readonly text: string; readonly label: string }) {
  const t = useBlockWords()
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready')
  useEffect(() => {
    if (state === 'ready') return
    const timer = setTimeout(() => setState('ready'), shownMs)
    return () => clearTimeout(timer)
  }, [state])
  const said = state === 'copied' ? t('copy.done') : state === 'failed' ? t('copy.failed') : ''
  return (
    <>
      <Tooltip label={said || label} opened={state === 'ready' ? undefined : true}>
        <ActionIcon
          variant="subtle"
          size={28}
          aria-label={label}
          onClick={() => void copyText(text).then((isDone) => setState(isDone ? 'copied' : 'failed'))}
        >
          {state === 'copied' ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  )
}

/** Copies a text; false where the browser does not let it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
