import { Alert, Button, Group, List, Stack, Text, Title } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { paths } from '../../paths.ts'
import { copyText } from '../../ui/copy-text.tsx'
import { ScreenLink } from '../../ui/link.tsx'
import { Door } from './door.tsx'
import classes from './still-linked/still-linked.module.css'
import { useStillLinkedWords } from './still-linked/words.ts'

/**
 * ACC-4: what whoever meets a number of an earlier account can do. It is the same for every number and says nothing of
 * anybody, so that it can be opened, printed and sent to the Admin as it is.
 */
export function StillLinked() {
  const t = useStillLinkedWords()
  return (
    <Door title={t('title')} text={t('text')} isWide>
      <Stack gap="lg">
        <Alert variant="outline" icon={<IconInfoCircle aria-hidden />}>
          {t('privacy')}
        </Alert>
        <Title order={2} size="h4">
          {t('ways')}
        </Title>
        <FormerDeletes />
        <TakeOver />
        <Recycled />
        <Section title={t('admin.title')}>
          <List type="ordered" spacing={6} withPadding>
            <List.Item>{t('admin.look')}</List.Item>
            <List.Item>{t('admin.first')}</List.Item>
            <List.Item>{t('admin.choose')}</List.Item>
          </List>
          <Text>{t('admin.not')}</Text>
          <ScreenLink
            className={classes['notOnPaper'] ?? ''}
            to={paths.companies()}
            search={{ to: 'numbers' }}
          >
            {t('admin.open')}
          </ScreenLink>
        </Section>
        <Group className={classes['notOnPaper'] ?? ''} gap="sm">
          <Button variant="default" size="md" onClick={() => window.print()}>
            {t('print')}
          </Button>
          <CopyLink />
          <ScreenLink to={paths.signIn()}>{t('back')}</ScreenLink>
        </Group>
      </Stack>
    </Door>
  )
}

function CopyLink() {
  const t = useStillLinkedWords()
  const [isCopied, setCopied] = useState(false)
  return (
    <Button
      variant="default"
      size="md"
      aria-live="polite"
      onClick={() => void copyText(window.location.origin + paths.stillLinked()).then(setCopied)}
    >
      {t(isCopied ? 'copied' : 'copy')}
    </Button>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack gap="xs" component="section" className={classes['section'] ?? ''}>
      <Title order={3} size="h5">
        {title}
      </Title>
      {children}
    </Stack>
  )
}

// What the step is called in the product that the company comes from (ALL-8).
function Label({ of }: { readonly of: 'delete' | 'open' | 'change' }) {
  const t = useStillLinkedWords()
  return (
    <Text size="sm" c="dimmed">
      {t('manual', { label: t(`manual.${of}`) })}
    </Text>
  )
}

function FormerDeletes() {
  const t = useStillLinkedWords()
  return (
    <Section title={t('first.title')}>
      <Text c="dimmed">{t('first.when')}</Text>
      <List type="ordered" spacing={6} withPadding>
        <List.Item>{t('first.ask')}</List.Item>
        <List.Item>
          {t('first.delete')}
          <Label of="delete" />
        </List.Item>
        <List.Item>{t('first.then')}</List.Item>
      </List>
    </Section>
  )
}

function TakeOver() {
  const t = useStillLinkedWords()
  return (
    <Section title={t('second.title')}>
      <Text c="dimmed">{t('second.when')}</Text>
      <List type="ordered" spacing={6} withPadding>
        <List.Item>{t('second.invite')}</List.Item>
        <List.Item>{t('second.signIn')}</List.Item>
        <List.Item>
          {t('second.open')}
          <Label of="open" />
        </List.Item>
        <List.Item>
          {t('second.change')}
          <Label of="change" />
        </List.Item>
        <List.Item>{t('second.code')}</List.Item>
      </List>
      <Text>{t('second.then')}</Text>
    </Section>
  )
}

function Recycled() {
  const t = useStillLinkedWords()
  return (
    <Section title={t('third.title')}>
      <Text c="dimmed">{t('third.when')}</Text>
      <List type="ordered" spacing={6} withPadding>
        <List.Item>{t('third.do')}</List.Item>
        <List.Item>{t('third.then')}</List.Item>
      </List>
    </Section>
  )
}
