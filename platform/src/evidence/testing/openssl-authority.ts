/** For tests: time-stamping authorities made by openssl, each with a certificate authority of its own, and one over HTTP. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const RSA = ['-newkey', 'rsa:2048'] as const
export const ECDSA = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] as const

export type OpensslAuthorities = ReturnType<typeof opensslAuthorities>

export function opensslAuthorities() {
  const home = mkdtempSync(join(tmpdir(), 'comity-tsa-'))
  const openssl = (name: string, ...args: string[]) =>
    execFileSync('openssl', args, { cwd: join(home, name), stdio: ['ignore', 'pipe', 'ignore'] })
  return { make, stamp, file, serve, remove: () => rmSync(home, { recursive: true, force: true }) }

  function make(name: string, key: readonly string[], usage = 'critical,timeStamping'): void {
    mkdirSync(join(home, name))
    writeFileSync(
      file(name, 'tsa.cnf'),
      `[tsa]\ndefault_tsa = one\n[one]\nserial = serial\ncrypto_device = builtin\nsigner_cert = tsa.pem\ncerts = ca.pem
signer_key = tsa.key\nsigner_digest = sha256\ndefault_policy = 1.3.6.1.4.1.99999.1\ndigests = sha256, sha512
accuracy = secs:1\nordering = no\ntsa_name = no\ness_cert_id_chain = no\ness_cert_id_alg = sha256\n`,
    )
    writeFileSync(file(name, 'serial'), '01\n')
    writeFileSync(file(name, 'ext'), `extendedKeyUsage=${usage}\nkeyUsage=critical,digitalSignature\n`)
    const root = [
      '-x509',
      '-nodes',
      '-days',
      '3650',
      '-subj',
      `/CN=${name} root`,
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
    ]
    openssl(name, 'req', ...key, ...root, '-addext', 'keyUsage=critical,keyCertSign')
    openssl(name, 'req', ...key, '-nodes', '-subj', `/CN=${name} stamps`, '-keyout', 'tsa.key', '-out', 'tsa.csr')
    const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '365', '-extfile', 'ext']
    openssl(name, 'x509', '-req', '-in', 'tsa.csr', ...signing, '-out', 'tsa.pem')
  }

  /** The answer (TimeStampResp) to a request. */
  function stamp(name: string, request: Uint8Array): Uint8Array {
    writeFileSync(file(name, 'q.tsq'), request)
    openssl(name, 'ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'q.tsq', '-out', 'r.tsr')
    return new Uint8Array(readFileSync(file(name, 'r.tsr')))
  }

  /** `ca.pem` is its root, `tsa.pem` the certificate that stamps. */
  function file(name: string, of: string): string {
    return join(home, name, of)
  }

  /** The authority on loopback; `instead` answers in its place where it is set. */
  async function serve(name: string) {
    const setting: { instead: RequestListener | null; asked: number } = { instead: null, asked: 0 }
    const server = createServer((request, response) => {
      setting.asked++
      if (setting.instead) {
        setting.instead(request, response)
        return
      }
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const isQuery = request.headers['content-type'] === 'application/timestamp-query'
        response.writeHead(isQuery ? 200 : 415, { 'content-type': 'application/timestamp-reply' })
        response.end(isQuery ? stamp(name, Buffer.concat(parts)) : '')
      })
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    return { url, setting, stop: () => new Promise((done) => server.close(done)) }
  }
}
