import { Alert, Button, Group, List, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import type { Import } from '../use-draft.ts'
import { useImportWords } from '../words.ts'
import { StepFoot, type StepProps } from './step-foot.tsx'

/** The file that was sent, and the way to send another one. */
export function FileStep({ draft, goTo }: StepProps) {
  const t = useImportWords()
  const { slug } = useSession()
  const { shown } = draft
  return (
    <Stack gap="md">
      <FileFacts shown={shown} />
      <Group>
        <Button component={Link} to={paths.newImport(slug)} variant="default">
          {t('file.another')}
        </Button>
      </Group>
      <StepFoot
        next={() => goTo(shown.state === 'draft' ? 'mapping' : 'done')}
        nextLabel={shown.state === 'draft' ? t('file.next') : t('step.done')}
      />
    </Stack>
  )
}

const noted = ['hiddenRows', 'hiddenColumns', 'formulas', 'mergedRanges', 'errorCells'] as const

/** How the file was read, and what in it may surprise. */
export function FileFacts({ shown }: { readonly shown: Import }) {
  const t = useImportWords()
  const format = useFormat()
  const { report, sizeBytes } = shown
  const notes = noted.filter((one) => report[one] > 0)
  return (
    <Stack gap="xs">
      <Text>
        {[
          report.format === 'xlsx' ? t('file.xlsx') : t('file.csv', { encoding: report.encoding ?? '' }),
          format.bytes(sizeBytes),
        ].join(' · ')}
      </Text>
      {notes.length > 0 && (
        <Alert variant="outline" title={t('file.notes')}>
          <List size="sm">
            {notes.map((one) => (
              <List.Item key={one}>
                {t(`file.${one}`, { count: report[one], number: format.number(report[one]) })}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  )
}
