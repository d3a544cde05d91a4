/** What poppler's tools (on Debian: apt-get install poppler-utils) read in a PDF. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '../debian-package.ts'

export const popplerIsThere = findProgram('poppler', 'poppler-utils', ['/usr/bin/pdftotext']) !== null

export type Word = { readonly text: string; readonly width: number }

/** Text in the order in which it was drawn, without what poppler adds: spaces, line ends, its own marks of direction. */
export function drawnText(pdf: Uint8Array): string {
  return squeezed(ask('pdftotext', ['-raw', '-enc', 'UTF-8'], pdf, ['-']).toString())
}

export function squeezed(text: string): string {
  return text.replace(/[\s\u202a-\u202e]+/g, '')
}

/** Words with the width of what was drawn, in points. */
export function drawnWords(pdf: Uint8Array): Word[] {
  const text = ask('pdftotext', ['-bbox', '-enc', 'UTF-8'], pdf, ['-']).toString()
  return [...text.matchAll(/<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)<\/word>/g)].map(
    ([, left, right, word]) => ({
      text: (word ?? '')
        .replaceAll('&amp;', '&')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"'),
      width: Number(right) - Number(left),
    }),
  )
}

export function information(pdf: Uint8Array): string {
  return ask('pdfinfo', [], pdf, []).toString()
}

export function structure(pdf: Uint8Array): string {
  return ask('pdfinfo', ['-struct'], pdf, []).toString()
}

/** The names of the embedded fonts without their subset prefix. */
export function fonts(pdf: Uint8Array): string[] {
  const lines = ask('pdffonts', [], pdf, []).toString().split('\n').slice(2)
  return [
    ...new Set(
      lines.filter((line) => line !== '').map((line) => (line.split(/\s+/)[0] ?? '').replace(/^[A-Z]{6}\+/, '')),
    ),
  ].sort()
}

/** The file attached under that name. */
export function attached(pdf: Uint8Array, name: string): Buffer {
  return inFolder(pdf, (file, folder) => {
    const out = join(folder, 'attached')
    execFileSync('pdfdetach', ['-savefile', name, '-o', out, file], { stdio: ['ignore', 'ignore', 'ignore'] })
    return readFileSync(out)
  })
}

function ask(tool: string, before: readonly string[], pdf: Uint8Array, after: readonly string[]): Buffer {
  return inFolder(pdf, (file) =>
    execFileSync(tool, [...before, file, ...after], { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }),
  )
}

function inFolder<T>(pdf: Uint8Array, body: (file: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'comity-letter-'))
  try {
    const file = join(folder, 'letter.pdf')
    writeFileSync(file, pdf)
    return body(file, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
