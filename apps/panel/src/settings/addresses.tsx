import { ActionIcon, Badge, Button, Group, Modal, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { AddressView, Me, TypedMedium } from '@parley/protocol'
import { type FormEvent, useState } from 'react'
import { ProblemNote } from '../desk/problem-note.tsx'
import { sayMedium } from '../desk/say-medium.ts'
import { useSay } from '../words/words.tsx'
import { AddressHours } from './address-hours.tsx'
import { AddressInput } from './address-input.tsx'
import { inOrder, leavesNobodyToReach, looksLike, readCode, stateWord } from './addresses.model.ts'
import { type AddressCalls, useAddressCalls, useMedia } from './me.queries.ts'
import { Section } from './section.tsx'
import { useSaving } from './use-saving.ts'

export function Addresses({ me }: { me: Me }) {
  const say = useSay()
  const calls = useAddressCalls()
  const addresses = inOrder(me.addresses)
  return (
    <Section title={say('addresses.title')} how={say('addresses.how')}>
      {addresses.length === 0 && <Text c="dimmed">{say('addresses.none')}</Text>}
      <ol className="addresses">
        {addresses.map((address, index) => (
          <Address key={address.id} address={address} index={index} all={addresses} calls={calls} />
        ))}
      </ol>
      <AddAddress calls={calls} />
    </Section>
  )
}

interface Props {
  address: AddressView
  index: number
  all: AddressView[]
  calls: AddressCalls
}

function Address({ address, index, all, calls }: Props) {
  const say = useSay()
  const saving = useSaving()
  const testing = useSaving()
  // Shown at once; a refusal takes it back.
  const [wished, setWished] = useState<boolean | null>(null)
  const [isAsking, asking] = useDisclosure(false)
  return (
    <li className="address">
      <div className="address-top">
        <div className="address-value">
          <strong dir="ltr">{address.value}</strong>
          <Text span size="sm" c="dimmed">
            {sayMedium(address.medium, say)}
          </Text>
          <Badge
            variant="light"
            className="state"
            color={address.state === 'proven' ? 'sea' : address.state === 'failing' ? 'red' : 'orange'}
          >
            {say(stateWord[address.state])}
          </Badge>
        </div>
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            variant="default"
            disabled={index === 0 || saving.isBusy}
            aria-label={say('addresses.up', { address: address.value })}
            onClick={() => saving.run(calls.move(address, index - 1))}
          >
            <span aria-hidden="true">↑</span>
          </ActionIcon>
          <ActionIcon
            variant="default"
            disabled={index === all.length - 1 || saving.isBusy}
            aria-label={say('addresses.down', { address: address.value })}
            onClick={() => saving.run(calls.move(address, index + 1))}
          >
            <span aria-hidden="true">↓</span>
          </ActionIcon>
          <Button
            variant="default"
            size="xs"
            onClick={asking.open}
            aria-label={say('addresses.removeOne', { address: address.value })}
          >
            {say('addresses.remove')}
          </Button>
        </Group>
      </div>
      {address.failing && (
        <Text size="sm" className="address-failing">
          {say('addresses.failingWhy', { reason: address.failing })}
        </Text>
      )}
      {address.state === 'unproven' ? (
        <Confirm address={address} calls={calls} />
      ) : (
        <Group gap="md">
          <Switch
            size="sm"
            label={say('addresses.offers')}
            checked={wished ?? address.offers}
            onChange={async (event) => {
              const offers = event.currentTarget.checked
              setWished(offers)
              await saving.run(calls.setForOffers(address, offers))
              setWished(null)
            }}
          />
          <AddressHours address={address} calls={calls} />
          <Button
            variant="subtle"
            size="compact-sm"
            loading={testing.isBusy}
            aria-label={`${say(testing.isDone ? 'addresses.tested' : 'addresses.test')}: ${address.value}`}
            onClick={() => testing.run(calls.test(address))}
          >
            {say(testing.isDone ? 'addresses.tested' : 'addresses.test')}
          </Button>
        </Group>
      )}
      <ProblemNote problem={saving.problem ?? testing.problem} />
      <Modal
        opened={isAsking}
        onClose={asking.close}
        title={say('addresses.removeSure')}
        closeButtonProps={{ 'aria-label': say('page.close') }}
      >
        <Stack>
          <Text>
            {say(leavesNobodyToReach(all, address) ? 'addresses.removeLast' : 'addresses.removeWhy', {
              address: address.value,
            })}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={asking.close} data-autofocus>
              {say('page.cancel')}
            </Button>
            <Button
              color="red.9"
              onClick={() => {
                asking.close()
                void saving.run(calls.remove(address))
              }}
            >
              {say('addresses.remove')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </li>
  )
}

function Confirm({ address, calls }: { address: AddressView; calls: AddressCalls }) {
  const say = useSay()
  const confirming = useSaving()
  const sending = useSaving()
  const [code, setCode] = useState('')
  function submit(event: FormEvent) {
    event.preventDefault()
    void confirming.run(calls.confirm(address.id, readCode(code)))
  }
  return (
    <form onSubmit={submit}>
      <Text size="sm">{say('addresses.confirmHow')}</Text>
      <Group align="flex-end" gap="xs" mt={4}>
        <TextInput
          label={say('addresses.code')}
          value={code}
          autoComplete="one-time-code"
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={confirming.isBusy} disabled={readCode(code).length < 4}>
          {say('addresses.confirm')}
        </Button>
        <Button
          variant="subtle"
          loading={sending.isBusy}
          onClick={() => sending.run(calls.add(address.medium, address.value))}
        >
          {say(sending.isDone ? 'addresses.codeSent' : 'addresses.newCode')}
        </Button>
      </Group>
      <ProblemNote problem={confirming.problem ?? sending.problem} />
    </form>
  )
}

function AddAddress({ calls }: { calls: AddressCalls }) {
  const say = useSay()
  const saving = useSaving()
  const media = useMedia().data?.media ?? []
  const [chosen, setMedium] = useState<TypedMedium | null>(null)
  const [value, setValue] = useState('')
  const medium = chosen ?? media[0]
  if (!medium) return null
  async function submit(event: FormEvent) {
    event.preventDefault()
    if (medium && (await saving.run(calls.add(medium, value.trim()))).ok) setValue('')
  }
  return (
    <form onSubmit={submit} className="add-address">
      <Group align="flex-end" gap="xs">
        <AddressInput
          media={media}
          medium={medium}
          value={value}
          {...(medium === 'email' ? { label: 'addresses.new' as const } : {})}
          onMedium={setMedium}
          onValue={setValue}
        />
        <Button type="submit" variant="default" loading={saving.isBusy} disabled={!looksLike(medium, value)}>
          {say('addresses.add')}
        </Button>
      </Group>
      <ProblemNote problem={saving.problem} />
    </form>
  )
}
