import { Group, Loader, Select, Stack, Table, Text } from '@mantine/core'
import type { FunnelEnd, Script, ScriptView } from '@parley/protocol'
import { useState } from 'react'
import { Refused } from '../api/ask.ts'
import { ProblemNote } from '../desk/problem-note.tsx'
import { useSay } from '../words/words.tsx'
import { type FunnelPart, type FunnelRow, funnelEnds, funnelParts, funnelRows } from './funnel.model.ts'
import { type Speaking, titleOf } from './say-script.model.ts'
import { useFunnel, useVersion } from './scripts.queries.ts'
import { StepMark } from './step-mark.tsx'
import type { ScriptWord } from './words/load-script-words.ts'

const partWords: Record<FunnelPart, ScriptWord> = {
  onwards: 'funnel.onwards',
  handedOver: 'funnel.handedOver',
  silenced: 'funnel.silenced',
  left: 'funnel.left',
}
const endWords: Record<FunnelEnd, ScriptWord> = {
  running: 'funnel.running',
  done: 'funnel.done',
  'handed-over': 'funnel.handedOver',
  silenced: 'funnel.silenced',
  left: 'funnel.left',
}
const periods = [7, 30, 90]

/** How far conversations come: a bar for each step, whose end is what was lost there. The numbers stand beside it, as a table. */
export function Funnel({ view, speaking }: { view: ScriptView; speaking: Speaking }) {
  const { say, language } = speaking
  const sayDesk = useSay()
  const [version, setVersion] = useState(view.version)
  const [days, setDays] = useState<number | null>(30)
  const funnel = useFunnel(view.id, version, days)
  const shown = useVersion(view, version)
  const number = new Intl.NumberFormat(language)
  const percent = new Intl.NumberFormat(language, { style: 'percent' })
  const script = shown.data?.script
  return (
    <Stack className="funnel" gap="md">
      <Text size="sm" c="dimmed">
        {say('funnel.how')}
      </Text>
      <Group gap="sm">
        <Select
          label={say('funnel.version')}
          data={view.versions.map((one) => ({
            value: `${one.version}`,
            label: say('version.one', { version: one.version }),
          }))}
          value={`${version}`}
          allowDeselect={false}
          onChange={(value) => value && setVersion(Number(value))}
        />
        <Select
          label={say('funnel.period')}
          data={[
            ...periods.map((one) => ({ value: `${one}`, label: say('funnel.periodDays', { days: one }) })),
            { value: 'all', label: say('funnel.periodAll') },
          ]}
          value={days === null ? 'all' : `${days}`}
          allowDeselect={false}
          onChange={(value) => value && setDays(value === 'all' ? null : Number(value))}
        />
      </Group>
      {funnel.error instanceof Refused && <ProblemNote problem={funnel.error.problem} />}
      {(funnel.isPending || shown.isPending) && <Loader role="status" aria-label={sayDesk('page.loading')} />}
      {funnel.data?.runs === 0 && <Text>{say('funnel.none')}</Text>}
      {funnel.data && funnel.data.runs > 0 && script && (
        <>
          <dl className="tiles">
            <div className="tile">
              <dt>{say('funnel.runs')}</dt>
              <dd>{number.format(funnel.data.runs)}</dd>
            </div>
            {funnelEnds.map((end) => (
              <div key={end} className="tile" data-part={end}>
                <dt>{say(endWords[end])}</dt>
                <dd>
                  {number.format(funnel.data.ended[end])}{' '}
                  <span>{percent.format(funnel.data.ended[end] / funnel.data.runs)}</span>
                </dd>
              </div>
            ))}
          </dl>
          <ul className="legend" aria-hidden="true">
            {funnelParts.map((part) => (
              <li key={part} data-part={part}>
                {say(partWords[part])}
              </li>
            ))}
          </ul>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
          <section className="funnel-scroll" aria-label={say('funnel.title')} tabIndex={0}>
            <Table className="funnel-table" aria-label={say('funnel.title')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{say('funnel.step')}</Table.Th>
                  <Table.Th aria-hidden="true" className="funnel-bar-head" />
                  <Table.Th>{say('funnel.reached')}</Table.Th>
                  <Table.Th>{say('funnel.answered')}</Table.Th>
                  <Table.Th>{say('funnel.handedOver')}</Table.Th>
                  <Table.Th>{say('funnel.silenced')}</Table.Th>
                  <Table.Th>{say('funnel.left')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {funnelRows(script, funnel.data).map((row) => (
                  <Row key={row.step} row={row} script={script} speaking={speaking} number={number} percent={percent} />
                ))}
              </Table.Tbody>
            </Table>
          </section>
        </>
      )}
    </Stack>
  )
}

interface RowProps {
  row: FunnelRow
  script: Script
  speaking: Speaking
  number: Intl.NumberFormat
  percent: Intl.NumberFormat
}

function Row({ row, script, speaking, number, percent }: RowProps) {
  const step = script.steps[row.step]
  if (!step) return null
  const count = (part: FunnelPart) => row.parts.find((one) => one.part === part)?.count ?? 0
  let x = 0
  return (
    <Table.Tr>
      <Table.Th scope="row" className="funnel-step">
        <span className="funnel-step-mark" data-kind={step.kind}>
          <StepMark kind={step.kind} />
        </span>
        <span dir="auto">{titleOf(step, speaking)}</span>
      </Table.Th>
      <Table.Td aria-hidden="true" className="funnel-bar">
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
          <rect className="bar-room" width="100" height="10" rx="1" />
          {row.parts.map(({ part, share }) => {
            const at = x
            x += share * 100
            return <rect key={part} className="bar" data-part={part} x={at} width={share * 100} height="10" />
          })}
        </svg>
      </Table.Td>
      <Table.Td>{number.format(row.reached)}</Table.Td>
      <Table.Td>{step.kind === 'ask' ? number.format(row.answered) : '–'}</Table.Td>
      <Table.Td>{number.format(count('handedOver'))}</Table.Td>
      <Table.Td>{number.format(count('silenced'))}</Table.Td>
      <Table.Td className={row.leftShare >= 0.25 ? 'bad' : ''}>
        {number.format(count('left'))}
        {row.leftShare > 0 && ` (${percent.format(row.leftShare)})`}
      </Table.Td>
    </Table.Tr>
  )
}
