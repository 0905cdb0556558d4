import { Alert, Anchor, Box, Button, List, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconExternalLink } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useFormat } from '../../../ui/format.ts'
import { useTaskWords } from '../words.ts'
import classes from './instructions.module.css'
import { useReadable, type Instructions as Words } from './task.ts'

interface InstructionsProps {
  readonly words: Words
  /** Where it is done; null for nowhere in particular. */
  readonly link: string | null
}

/** What to do, in order, with the vendor's own labels in both of its languages. */
export function Instructions({ words, link }: InstructionsProps) {
  const t = useTaskWords()
  const say = useReadable()
  return (
    <Stack>
      {words.why && <Text>{say(words.why)}</Text>}
      {words.losses.length > 0 && <Losses losses={words.losses} />}
      {words.conditions.length > 0 && (
        <Section title={t('before')}>
          <List withPadding>
            {words.conditions.map((condition) => (
              <List.Item key={condition}>{say(condition)}</List.Item>
            ))}
          </List>
        </Section>
      )}
      <Section title={t('steps')}>
        <ol className={classes['steps']}>
          {words.steps.map((step) => (
            <li key={step.text}>
              {say(step.text)}
              {step.paths && <VendorPaths paths={step.paths} />}
            </li>
          ))}
        </ol>
      </Section>
      {link && (
        <Box>
          <OutsideButton link={link} />
        </Box>
      )}
      <Section title={t('evidence')}>
        <Text>{say(words.evidence)}</Text>
      </Section>
      {words.source && (
        <Anchor href={words.source} target="_blank" rel="noreferrer" size="sm">
          {t('source')} <VisuallyHidden>{t('newWindow')}</VisuallyHidden>
        </Anchor>
      )}
    </Stack>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <Title order={3} size="h5" mb={6}>
        {title}
      </Title>
      {children}
    </section>
  )
}

function Losses({ losses }: { readonly losses: readonly string[] }) {
  const t = useTaskWords()
  const say = useReadable()
  return (
    <Alert variant="outline" color="red" icon={<IconAlertTriangle />} title={t('losses')}>
      <List size="sm">
        {losses.map((loss) => (
          <List.Item key={loss}>{say(loss)}</List.Item>
        ))}
      </List>
    </Alert>
  )
}

// Whoever reads English may have an app in Chinese, and the other way round, so both are shown.
function VendorPaths({ paths }: { readonly paths: NonNullable<Words['steps'][number]['paths']> }) {
  const t = useTaskWords()
  const { language } = useFormat()
  const order = language === 'en' ? (['en', 'zh'] as const) : (['zh', 'en'] as const)
  return (
    <dl className={classes['paths']}>
      {order.map((one) => (
        <div key={one}>
          <dt>{t(`where.${one}`)}</dt>
          <dd lang={one === 'zh' ? 'zh-CN' : 'en'}>{paths[one].split(/\s*>\s*/).join(' › ')}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Opens what stands outside Baton, in a window of its own. */
function OutsideButton({ link }: { readonly link: string }) {
  const t = useTaskWords()
  return (
    <Button
      component="a"
      href={link}
      target="_blank"
      rel="noreferrer"
      variant="default"
      rightSection={<IconExternalLink size={16} aria-hidden />}
    >
      {t('open', { host: hostOf(link) })} <VisuallyHidden>{t('newWindow')}</VisuallyHidden>
    </Button>
  )
}

function hostOf(link: string): string {
  return URL.canParse(link) ? new URL(link).hostname : link
}
