import { Button, Menu, Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { languageNames } from '../words/words.model.ts'
import { missingIn, withoutLanguage } from './draft.model.ts'
import { nameOfLanguage } from './say-script.model.ts'
import { useSayScript } from './script-words.tsx'
import type { Editor } from './use-editor.ts'

/** A tab for each language of the script; what is inside shows and edits the texts of the chosen one. */
export function Languages({ editor, part, children }: { editor: Editor; part: unknown; children: ReactNode }) {
  const say = useSayScript()
  const { languages, script, shown } = editor
  const others = Object.keys(languageNames).filter((tag) => !languages.includes(tag))
  return (
    <Tabs
      variant="outline"
      value={shown}
      onChange={(language) => language && editor.show(language)}
      keepMounted={false}
      className="languages"
    >
      <div className="languages-row">
        <Tabs.List aria-label={say('fact.language')}>
          {languages.map((tag) => (
            <Tabs.Tab key={tag} value={tag} lang={tag} data-missing={missingIn(part, tag) > 0}>
              {nameOfLanguage(tag)}
              {missingIn(part, tag) > 0 && <span className="only-heard">{` – ${say('step.noText')}`}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button variant="subtle" size="compact-sm" aria-label={say('text.add')} title={say('text.add')}>
              +
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((tag) => (
              <Menu.Item key={tag} lang={tag} onClick={() => editor.addLanguage(tag)}>
                {nameOfLanguage(tag)}
              </Menu.Item>
            ))}
            {shown !== script.language && (
              <>
                <Menu.Divider />
                <Menu.Item
                  className="bad"
                  onClick={() => {
                    editor.dropLanguage(shown)
                    editor.edit(withoutLanguage(script, shown))
                  }}
                >
                  {say('text.remove', { language: nameOfLanguage(shown) })}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </div>
      {languages.map((tag) => (
        <Tabs.Panel key={tag} value={tag} pt="md">
          {children}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
