/** The frame around every screen: who you are, where you can go, the screen. Whoever is not signed in is led to the door. */
import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { signInHref } from '../access/way-back.ts'
import { languages } from '../shared/language/languages.ts'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { ask, useLive, useRead } from '../shared/node/node.tsx'
import { Shown } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'
import { KeysDialog, useKeyList } from './keys.tsx'
import { Printed } from './printed.tsx'
import { type Session, SessionEnded } from './session-ended.tsx'
import { chooseTheme, chosenTheme, type Theme, themes } from './theme.ts'
import { guestWays, wayOf, waysOf } from './ways.ts'

/** Screens for everybody: verifying needs no account, and who enrols or signs in has none yet. */
const OPEN = ['/app/verify', '/app/sign-in', '/app/enrol']

export function Shell() {
  const say = useSay()
  const session = useRead('sessionRead', {})
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const user = session.data?.session ?? null
  const last = useLast(user)
  useEndOf(user)
  useLive(user !== null)
  const { isOpen, close } = useKeyList()
  const isForAll = OPEN.some((one) => `/app${path}`.startsWith(one) || path.startsWith(one))
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {say('shell.skip')}
      </a>
      <header className="band" data-training={user?.purpose === 'exercise' || undefined}>
        <Home />
        <div className="row">
          {user?.purpose === 'exercise' && (
            <span className="status" data-kind="warn">
              {say('shell.exercise')}
            </span>
          )}
          <Choices />
          {user !== null && <UserMenu name={user.name} role={user.role} />}
        </div>
      </header>
      <nav className="ways" aria-label={say('shell.ways')}>
        <ul>
          {(user ? waysOf(user.role) : guestWays).map(({ to, name }) => (
            <li key={to}>
              <Link
                to={to}
                activeOptions={{ exact: to === '/' }}
                aria-current={to === wayOf(path) ? 'page' : undefined}
              >
                {say(name)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main className="main" id="main" tabIndex={-1}>
        <Printed name={user?.name ?? null} />
        {!isForAll && last !== null && user === null && <SessionEnded last={last} />}
        {isForAll || last !== null ? (
          <Outlet />
        ) : (
          <Shown read={session}>{({ session: found }) => (found ? <Outlet /> : <ToTheDoor path={path} />)}</Shown>
        )}
      </main>
      <KeysDialog isOpen={isOpen} onClose={close} />
    </div>
  )
}

/** Who was signed in last, in this window: a screen that is open stays when its session ends. */
function useLast(user: Session | null): Session | null {
  const [last, setLast] = useState<Session | null>(user)
  useEffect(() => {
    if (user) setLast(user)
  }, [user])
  return user ?? last
}

/** Asks for the session anew when it is to end, so that whoever waits before the screen is told. */
function useEndOf(user: Session | null): void {
  const client = useQueryClient()
  const left = user ? user.expiresAt - user.now : null
  useEffect(() => {
    if (left === null) return
    const timer = setTimeout(
      () => void client.invalidateQueries({ queryKey: ['sessionRead'] }),
      Math.min(Math.max(left, 0) + 1000, LONGEST_TIMER_MS),
    )
    return () => clearTimeout(timer)
  }, [left, client])
}
const LONGEST_TIMER_MS = 2 ** 31 - 1

function ToTheDoor({ path }: { readonly path: string }) {
  const say = useSay()
  return (
    <div className="stack">
      <h1>{say('shell.not-signed-in')}</h1>
      <p>{say('shell.not-signed-in-text')}</p>
      <p>
        <a className="button" href={signInHref({ pathname: path, search: window.location.search })}>
          {say('trouble.sign-in')}
        </a>
      </p>
    </div>
  )
}

function Home() {
  const say = useSay()
  const { data } = useRead('publicRead', {})
  return (
    <Link className="home" to="/">
      <img src="/page/mark.svg" alt="" width="28" height="28" />
      <span>
        <Words>{data?.agency ?? 'Comity'}</Words>
        <small>{say('shell.product')}</small>
      </span>
    </Link>
  )
}

function Choices() {
  const { say, language, speak } = useSpeech()
  const [theme, setTheme] = useState<Theme>(chosenTheme())
  return (
    <>
      <MenuTrigger>
        <AriaButton className="button" data-kind="quiet" aria-label={say('shell.language', { name: language.name })}>
          <bdi>{language.name}</bdi>
        </AriaButton>
        <Popover className="popover">
          <Menu
            aria-label={say('shell.languages')}
            selectionMode="single"
            selectedKeys={[language.id]}
            onAction={(id) => speak(id as never)}
          >
            {languages.map(({ id, name, locale }) => (
              <MenuItem className="menu-item" id={id} key={id} textValue={name}>
                <bdi lang={locale}>{name}</bdi>
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <MenuTrigger>
        <AriaButton className="button" data-kind="quiet">
          {say(`theme.${theme}`)}
        </AriaButton>
        <Popover className="popover">
          <Menu
            aria-label={say('shell.themes')}
            selectionMode="single"
            selectedKeys={[theme]}
            onAction={(id) => {
              chooseTheme(id as Theme)
              setTheme(id as Theme)
            }}
          >
            {themes.map((id) => (
              <MenuItem className="menu-item" id={id} key={id}>
                {say(`theme.${id}`)}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </>
  )
}

function UserMenu({ name, role }: { readonly name: string; readonly role: string }) {
  const { say, knows } = useSpeech()
  const id = `role.${role}`
  return (
    <MenuTrigger>
      <AriaButton className="button" data-kind="second">
        <Words>{name}</Words>
        <span className="small">{knows(id) ? say(id) : role}</span>
      </AriaButton>
      <Popover className="popover">
        <Menu
          aria-label={say('shell.you')}
          onAction={(key) => {
            if (key === 'sign-out') void ask('signOut', {}).then(() => window.location.assign('/'))
          }}
        >
          <MenuItem className="menu-item" id="you" href="/app/you">
            {say('shell.your-keys')}
          </MenuItem>
          <MenuItem className="menu-item" id="sign-out">
            {say('shell.sign-out')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
