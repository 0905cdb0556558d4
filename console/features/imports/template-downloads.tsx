import { Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { Input } from '../../api/client.ts'
import { ProblemAlert } from '../../ui/states.tsx'
import { type Template, useTemplateDownload, useTemplates } from './use-templates.ts'
import { useImportWords } from './words.ts'

type Query = NonNullable<Input<'downloadTemplate'>['query']>

/** What can be imported, and a file to fill in for each. */
export function TemplateDownloads() {
  const t = useImportWords()
  const templates = useTemplates()
  const download = useTemplateDownload()
  if (templates.length === 0) return null
  return (
    <Stack component="section" gap="sm" aria-labelledby="templates-heading">
      <div>
        <Title order={2} size="h3" id="templates-heading">
          {t('templates.title')}
        </Title>
        <Text c="dimmed">{t('templates.text')}</Text>
      </div>
      <ProblemAlert problem={download.error} />
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {templates.map((template) => (
          <TemplateCard
            key={template.name}
            template={template}
            onDownload={(query) => download.mutate({ params: { template: template.name }, query })}
          />
        ))}
      </SimpleGrid>
    </Stack>
  )
}

interface CardProps {
  readonly template: Template
  readonly onDownload: (query: Query) => void
}

function TemplateCard({ template, onDownload }: CardProps) {
  const t = useImportWords()
  const { title, help, layouts } = template
  const isForeign = layouts.length > 0
  const files: readonly { readonly label: string; readonly query: Query }[] = isForeign
    ? [
        { label: t('templates.example'), query: { format: 'xlsx' } },
        { label: t('templates.blank'), query: { format: 'xlsx', blank: 'true' } },
      ]
    : [
        { label: t('templates.xlsx'), query: { format: 'xlsx' } },
        { label: t('templates.csv'), query: { format: 'csv' } },
      ]
  return (
    <Card withBorder padding="md">
      <Stack gap="xs" h="100%" justify="space-between">
        <div>
          <Title order={3} size="h5">
            {title}
          </Title>
          <Text size="sm">{help}</Text>
        </div>
        <Group gap="xs">
          {files.map(({ label, query }) => (
            <Button
              key={label}
              size="xs"
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              aria-label={t('templates.download', { title, kind: label })}
              onClick={() => onDownload(query)}
            >
              {label}
            </Button>
          ))}
        </Group>
      </Stack>
    </Card>
  )
}
