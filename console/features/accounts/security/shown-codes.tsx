import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { copyText } from '../../../ui/copy-text.tsx'
import { useSecurityWords } from './words.ts'

interface ShownCodesProps {
  readonly codes: readonly string[]
  readonly onKept: () => void
}

/** Recovery codes, once: copied, saved or printed, and gone when the person has kept them. */
export function ShownCodes({ codes, onKept }: ShownCodesProps) {
  const t = useSecurityWords()
  const [isKept, setKept] = useState(false)
  return (
    <Stack>
      <Alert variant="outline" color="yellow" icon={<IconAlertTriangle aria-hidden />}>
        {t('codes.once')}
      </Alert>
      <Text
        component="ol"
        m={0}
        ff="monospace"
        aria-label={t('codes')}
        style={{ columns: '12rem', paddingInlineStart: '2.2rem', fontSize: '1.05rem', lineHeight: 1.9 }}
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </Text>
      <Ways codes={codes} />
      <Checkbox
        label={t('codes.kept')}
        checked={isKept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button disabled={!isKept} onClick={onKept}>
          {t('codes.finish')}
        </Button>
      </Group>
    </Stack>
  )
}

function Ways({ codes }: { readonly codes: readonly string[] }) {
  const t = useSecurityWords()
  const [isCopied, setCopied] = useState(false)
  const text = `${t('codes.heading')}\n\n${codes.join('\n')}\n`
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => void copyText(text).then(setCopied)} aria-live="polite">
        {t(isCopied ? 'codes.copied' : 'codes.copy')}
      </Button>
      <Button
        variant="default"
        component="a"
        href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
        download="baton-recovery-codes.txt"
      >
        {t('codes.save')}
      </Button>
      <Button variant="default" onClick={() => window.print()}>
        {t('codes.print')}
      </Button>
    </Group>
  )
}
