import { ActionIcon, Menu } from '@mantine/core'
import type { ReactNode } from 'react'

/** A button with three dots, and what it opens. Its list stands inside the main part of the page, where screen readers look for it. */
export function ActionsMenu({
  label,
  isLarge = false,
  children,
}: {
  label: string
  isLarge?: boolean
  children: ReactNode
}) {
  return (
    <Menu position="bottom-end" portalProps={{ target: '#menus' }} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon
          variant={isLarge ? 'default' : 'subtle'}
          size={isLarge ? 30 : 'sm'}
          aria-label={label}
          title={label}
        >
          <span aria-hidden="true">⋯</span>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={label} mah="80dvh" className="menu-scrolls">
        {children}
      </Menu.Dropdown>
    </Menu>
  )
}
