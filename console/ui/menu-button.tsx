import { Button, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'

/** A button with a menu behind it; `name` says more to those who do not see what it belongs to. */
export function MenuButton({
  label,
  name,
  children,
}: {
  readonly label: string
  readonly name?: string
  readonly children: ReactNode
}) {
  const button = useRef<HTMLButtonElement>(null)
  return (
    <Menu
      position="bottom-end"
      returnFocus={false}
      onChange={(isOpen) => {
        // At once, so that a dialog opened by an item returns the focus here when it closes.
        if (!isOpen) button.current?.focus({ preventScroll: true })
      }}
    >
      <Menu.Target>
        <Button
          ref={button}
          variant="default"
          leftSection={<IconDots size={18} aria-hidden />}
          aria-label={name}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}
