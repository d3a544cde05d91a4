/**
 * Hosts as network namespaces: each has its own address on one switch, and can be cut off from it. With the rights of root, or with
 * those that a user has in a user namespace of its own, where the system allows that.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { findProgram } from '../debian-package.ts'
import type { Host } from './two-agencies.ts'

export type HostNetwork = {
  readonly hosts: readonly Host[]
  /** The cable between a host and the switch. */
  cut(host: number): void
  mend(host: number): void
  /** Runs a program at the switch, where `cable(host)` is a device. */
  atSwitch(program: string, ...given: readonly string[]): void
  cable(host: number): string
  close(): void
}

/** The network, or in one line what keeps it from being laid here. */
export async function layNetwork(count: number): Promise<HostNetwork | string> {
  const held: ChildProcess[] = []
  const close = () => {
    for (const one of held) one.kill('SIGKILL')
  }
  try {
    const ip = findProgram('ip', 'iproute2', ['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip'])
    if (ip === null) return 'the program ip is missing'
    const isRoot = process.getuid?.() === 0
    const own = isRoot ? [] : ['-U', '-r']
    const hold = async (command: readonly string[], than: string) => {
      const [program = '', ...given] = [...command, 'sleep', 'infinity']
      const holder = spawn(program, given, { stdio: ['ignore', 'ignore', 'pipe'] })
      let said = ''
      holder.stderr?.on('data', (piece) => {
        said += piece
      })
      holder.on('error', (thrown) => {
        said = String(thrown)
      })
      held.push(holder)
      for (let waited = 0; waited < 400; waited++) {
        await sleep(10)
        if (holder.exitCode !== null || said !== '') break
        if (namespaceOf(holder.pid) !== null && namespaceOf(holder.pid) !== than) return holder.pid as number
      }
      throw new Error(`${command.join(' ')}: ${said.trim() || 'no namespace'}`)
    }
    const enter = (pid: number) => [
      'nsenter',
      '-t',
      String(pid),
      ...(isRoot ? [] : ['-U', '--preserve-credentials']),
      '-n',
    ]
    const at = (pid: number, ...command: readonly string[]) => {
      const [program = '', ...given] = [...enter(pid), ...command]
      execFileSync(program, given, { stdio: ['ignore', 'pipe', 'pipe'] })
    }
    const center = await hold(['unshare', ...own, '-n'], namespaceOf(process.pid) ?? '')
    at(center, ip, 'link', 'add', 'switch', 'type', 'bridge')
    at(center, ip, 'link', 'set', 'switch', 'up')
    const cable = (host: number) => `cable${host}`
    const hosts: Host[] = []
    for (let host = 0; host < count; host++) {
      const pid = await hold([...enter(center), 'unshare', '-n'], namespaceOf(center) ?? '')
      const address = `10.77.0.${host + 1}`
      at(center, ip, 'link', 'add', cable(host), 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid))
      at(center, ip, 'link', 'set', cable(host), 'master', 'switch', 'up')
      at(pid, ip, 'addr', 'add', `${address}/24`, 'dev', 'eth0')
      at(pid, ip, 'link', 'set', 'eth0', 'up')
      at(pid, ip, 'link', 'set', 'lo', 'up')
      hosts.push({ address, enter: enter(pid) })
    }
    return {
      hosts,
      cut: (host) => at(center, ip, 'link', 'set', cable(host), 'down'),
      mend: (host) => at(center, ip, 'link', 'set', cable(host), 'up'),
      atSwitch: (program, ...given) => at(center, program, ...given),
      cable,
      close,
    }
  } catch (thrown) {
    close()
    const { stderr, message } = thrown as { stderr?: Buffer; message: string }
    return `${message.split('\n')[0]} ${stderr?.toString().trim() ?? ''}`.trim()
  }
}

function namespaceOf(pid: number | undefined): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`)
  } catch {
    return null
  }
}
