/** Trace records (docs/spec/trace-record.md): whether their own digests are right. Recomputing a trace needs the chain. */
import { canonicalJson, type Json, sha256Text } from '../../kernel/index.ts'
import { MAX_JSON, type OpenedBundle, pathsUnder, readJson } from './opened-bundle.ts'
import { checked, notChecked, refusedAs, type Statement, wrong } from './statement.ts'

export async function checkTraces(bundle: OpenedBundle): Promise<readonly Statement[]> {
  const statements: Statement[] = []
  for (const path of pathsUnder(bundle, 'traces')) {
    const says = `The trace record ${path} is complete: its digests are those of what it holds.`
    const json = await readJson(bundle, path, MAX_JSON)
    if (json.ok) statements.push(checkDigests(path, says, json.value))
    else if (bundle.intact.has(path)) statements.push(refusedAs('traces', says, path, json.refusal))
    else statements.push(notChecked('traces', says, json.refusal.message))
  }
  return statements
}

function checkDigests(path: string, says: string, json: Json): Statement {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return wrong('traces', says, 'It is no trace record.', path, '$')
  const { digest, ...rest } = json as { readonly [key: string]: Json }
  const { result, resultDigest } = rest
  if (result === undefined || resultDigest !== sha256Text(canonicalJson(result)))
    return wrong('traces', says, 'The digest of its result is another one.', path, '$.resultDigest')
  if (digest !== sha256Text(canonicalJson(rest)))
    return wrong('traces', says, 'Its digest is another one.', path, '$.digest')
  return checked('traces', says)
}
