/** Files of others: known by what they say, or by their names. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { formatByName, formatInFile } from './format-in-file.ts'

const vector = (path: string) => readFileSync(new URL(`../../../vectors/${path}`, import.meta.url), 'utf8')

it.each([
  ['followthemoney', vector('ftm/donations.ijson')],
  ['followthemoney', '{"id":"1","schema":"Person","properties":{}}'],
  ['stix', '{"type":"bundle","id":"bundle--1","objects":[]}'],
  ['misp', '{"Event":{"uuid":"1"}}'],
  ['misp', '{"response":[{"Event":{}}]}'],
  ['case', '{"@context":{},"@graph":[]}'],
  ['package', '{"format":"comity-evidence-package/1","id":"1"}'],
] as const)('is %s', (format, text) => {
  expect(formatInFile(text)).toBe(format)
})

it.each(['', 'no json', '[]', '{}', '{"type":"bundle"}', '{"a":1}\n{"b":2}'])('%j is none of them', (text) => {
  expect(formatInFile(text)).toBe(null)
})

it.each([
  ['case.jsonld', 'case'],
  ['entities.ftm.json', 'followthemoney'],
  ['STIX-bundle.json', 'stix'],
  ['misp-event-7.json', 'misp'],
  ['package.json', 'package'],
  ['answer.pdf', null],
] as const)('%s', (name, format) => {
  expect(formatByName(name)).toBe(format)
})
