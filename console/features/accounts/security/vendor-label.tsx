import { Text } from '@mantine/core'
import { useSecurityWords } from './words.ts'

/** What this is called in the product that the company comes from (ALL-8). */
export function VendorLabel({ label }: { readonly label: string }) {
  const t = useSecurityWords()
  return (
    <Text size="sm" c="dimmed">
      {t('vendor', { label })}
    </Text>
  )
}
