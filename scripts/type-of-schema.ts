/** A JSON Schema as a TypeScript type: as much of the language as the node's schemas use; anything else is a fault. */

type Schema = { readonly [key: string]: unknown }

export function typeOfSchema(schema: Schema): string {
  if ('const' in schema) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return union(schema.enum.map((value) => JSON.stringify(value)))
  const choices = schema.anyOf ?? schema.oneOf
  if (Array.isArray(choices)) return union(choices.map(typeOfSchema))
  if (Array.isArray(schema.allOf)) return schema.allOf.map((part) => `(${typeOfSchema(part)})`).join(' & ')
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return arrayType(schema)
    case 'object':
      return objectType(schema)
    default:
      if (Object.keys(schema).every((key) => /^(description|title|examples|\$id)$/.test(key))) return 'unknown'
      throw new Error(`no TypeScript type is known for ${JSON.stringify(schema).slice(0, 200)}`)
  }
}

function arrayType({ items, minItems, maxItems }: Schema): string {
  if (Array.isArray(items)) return `readonly [${items.map(typeOfSchema).join(', ')}]`
  // TypeBox writes an empty tuple so.
  if (items === undefined && minItems === 0 && maxItems === 0) return 'readonly []'
  return `readonly (${typeOfSchema((items ?? {}) as Schema)})[]`
}

function objectType({ properties = {}, required = [], patternProperties, additionalProperties }: Schema): string {
  const needed = new Set(required as string[])
  const fields = Object.entries(properties as Record<string, Schema>).map(([name, schema]) => {
    const comment =
      typeof schema.description === 'string' ? `/** ${schema.description.replaceAll('*/', '* /')} */\n` : ''
    return `${comment}readonly ${JSON.stringify(name)}${needed.has(name) ? '' : '?'}: ${typeOfSchema(schema)}`
  })
  const others = Object.values((patternProperties ?? {}) as Record<string, Schema>)
  if (typeof additionalProperties === 'object' && additionalProperties !== null)
    others.push(additionalProperties as Schema)
  if (others.length > 0) fields.push(`readonly [key: string]: ${union(others.map(typeOfSchema))}`)
  else if (additionalProperties === true) fields.push('readonly [key: string]: unknown')
  return fields.length === 0 ? 'Record<string, never>' : `{\n${fields.join('\n')}\n}`
}

function union(types: readonly string[]): string {
  const distinct = [...new Set(types)]
  return distinct.length === 0 ? 'never' : distinct.map((type) => (type.includes('&') ? `(${type})` : type)).join(' | ')
}
