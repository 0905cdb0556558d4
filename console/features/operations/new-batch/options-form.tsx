import { Fieldset, Radio, SimpleGrid, Stack, Switch, Textarea } from '@mantine/core'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useBatchWords } from '../words.ts'
import type { BatchOptions } from './draft.ts'

const histories = ['keep', 'hide', 'delete'] as const
const times = ['now', 'earliest'] as const
const mostReasonCharacters = 500

/** How the moves are to be made; the usual choices stand first. */
export function OptionsForm({
  options,
  onOptions,
}: {
  readonly options: BatchOptions
  readonly onOptions: (options: BatchOptions) => void
}) {
  const t = useBatchWords()
  const common = useCommonWords()
  const isDelete = options.history === 'delete'
  return (
    <Fieldset legend={t('options.title')}>
      <Stack>
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Radio.Group
            label={t('options.history')}
            value={options.history}
            onChange={(value) =>
              onOptions({ ...options, history: histories.find((one) => one === value) ?? 'keep' })
            }
          >
            <Stack gap="xs" mt="xs">
              {histories.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={common(`history.${one}`)}
                  description={t(`options.history.${one}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Radio.Group
            label={t('options.when')}
            value={options.when}
            onChange={(value) => onOptions({ ...options, when: times.find((one) => one === value) ?? 'now' })}
          >
            <Stack gap="xs" mt="xs">
              {times.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={t(`options.when.${one}`)}
                  description={t(`options.when.${one}.text`)}
                />
              ))}
            </Stack>
          </Radio.Group>
        </SimpleGrid>
        <Textarea
          label={t(isDelete ? 'options.reason' : 'options.reasonOptional')}
          description={isDelete ? t('options.reasonDelete') : common('reasonKept')}
          required={isDelete}
          maxLength={mostReasonCharacters}
          autosize
          minRows={1}
          value={options.reason}
          onChange={(event) =>
            onOptions({ ...options, reason: event.currentTarget.value.replace(/\n/g, ' ') })
          }
        />
        <Switch
          label={t('options.stop')}
          description={t('options.stop.text')}
          checked={options.stopOnProblems}
          onChange={(event) => onOptions({ ...options, stopOnProblems: event.currentTarget.checked })}
        />
      </Stack>
    </Fieldset>
  )
}
