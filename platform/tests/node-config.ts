/** A configuration for tests: any free port, on this machine only. */
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import type { NodeConfig } from '../src/node/config.ts'
import { temporaryFolder } from './run-comity.ts'

/** A folder for a node. As root its database runs as another user, who must be able to walk there. */
export function nodeHome(): string {
  const folder = temporaryFolder()
  chmodSync(folder, 0o711)
  return join(folder, 'home')
}

export function nodeConfig(more: Partial<NodeConfig> = {}): NodeConfig {
  return {
    name: 'test.example/comity',
    agency: { name: 'Test agency', country: 'NL', kind: 'prosecutor', timeZone: 'Europe/Amsterdam' },
    listen: { host: '127.0.0.1', port: 0 },
    publicUrl: 'http://localhost:8460',
    approvals: { required: 2 },
    limits: { requestsPerMinute: 100_000, uploadBytes: 1_000_000_000, sessionMinutes: 60 },
    log: { level: 'error' },
    ...more,
  }
}
