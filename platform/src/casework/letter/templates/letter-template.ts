/**
 * The Typst template of letters and indexes. It walks the model (`data`) and decides nothing about content. It is a
 * string, not a file, so that the published build carries it.
 *
 * A4; 25 mm at both sides, because Arabic letters are bound on the right and Latin ones on the left (ISO 838 holes are
 * centred 12 mm from the edge); black and grey only. Banners stand in the head of each page, not behind the text: text
 * across a page would come between the characters of a hash when the page is read by a machine.
 */
export const letterTemplate = `
#let grey = luma(80)
#let hair = 0.4pt + luma(160)
#let dirs = (ltr: ltr, rtl: rtl)
#let latin-first = ("Noto Sans", "Noto Sans Arabic", "Noto Sans SC")
// In Chinese text the quotation marks and the dash are Chinese ones; Latin letters stay in the Latin font.
#let chinese-first = ((name: "Noto Sans", covers: "latin-in-cjk"), "Noto Sans SC", "Noto Sans", "Noto Sans Arabic")

#let in-language(language, direction, body) = {
  let primary = lower(language.split("-").first())
  set text(lang: primary, region: if primary == "zh" { "cn" } else { none }, dir: dirs.at(direction))
  set text(font: if primary == "zh" { chinese-first } else { latin-first })
  set par(leading: if primary == "ar" { 0.85em } else { 0.65em })
  body
}

// A value may be broken between its pieces only; the space between them is too small to see and leaves no character.
// Its paragraph must run from left to right: in one from right to left the pieces would change places, and text of
// another direction would bring controls of direction into what a reader copies. There the value gets a box of its own.
// No overhang: punctuation at the end of a piece would hang over its edge, under the next piece.
#let pieces-of(pieces) = {
  set text(dir: ltr, font: "Noto Sans Mono", size: 0.88em, ligatures: false, hyphenate: false, overhang: false)
  pieces.map(piece => if piece == " " { " " } else { box({ set align(left); piece }) }).join(h(0.001pt))
}
#let machine(pieces, direction) = if direction == "ltr" { pieces-of(pieces) } else {
  box(align(left, { set text(dir: ltr); pieces-of(pieces) }))
}

#let run(one, direction) = if one.as == "machine" {
  machine(one.pieces, direction)
} else if one.as == "mark" {
  text(dir: dirs.at(one.direction), size: 0.88em, fill: grey, one.text)
} else {
  text(dir: dirs.at(one.direction), one.text)
}

#let runs-of(one) = one.runs.map(part => run(part, one.direction)).join()

#let inline(one) = in-language(one.language, one.direction, runs-of(one))

#let paragraph(one) = if one.runs.len() == 0 {
  block(width: 100%, height: 18mm, stroke: (bottom: 0.6pt))
} else {
  let values = one.runs.all(part => part.as == "machine")
  let gap = if values { 0.5em } else { 0.65em }
  block(width: 100%, below: gap, above: gap, if values {
    // Nothing but values: a paragraph from left to right at the side where the edition begins.
    set align(if one.direction == "rtl" { right } else { left })
    set text(dir: ltr)
    par(one.runs.map(part => pieces-of(part.pieces)).join())
  } else {
    in-language(one.language, one.direction, par(runs-of(one)))
  })
}

#let label-of(field) = {
  if field.label.runs.len() > 0 { block(below: 0.35em, above: 0pt, strong(inline(field.label)), sticky: true) }
  if field.note != none { block(below: 0.35em, above: 0pt, text(size: 0.8em, fill: grey, inline(field.note)), sticky: true) }
}

#let value-of(value, narrow) = if value.kind == "paragraphs" {
  value.paragraphs.map(paragraph).join()
} else if value.kind == "list" {
  list(..value.items.map(item => value-of(item, narrow)))
} else if value.kind == "table" {
  // No piece is longer than twelve characters, which the narrowest column still holds at these sizes.
  set text(size: if not narrow { 0.92em } else if value.head.len() < 5 { 0.8em } else { 0.6em })
  block(above: 0.5em, below: 0.6em, table(
    columns: value.widths.map(width => width * 1fr),
    stroke: hair,
    inset: (x: 1.4mm, y: 1.2mm),
    align: start,
    table.header(..value.head.map(cell => table.cell(fill: luma(235), strong(inline(cell))))),
    ..value.rows.enumerate().map(((r, row)) => row.map(cell => table.cell(
      breakable: if value.unbroken.at(r) { false } else { auto }, value-of(cell, narrow)))).flatten(),
  ))
} else {
  grid(columns: if narrow { (1fr, 1fr) } else { (32%, 1fr) }, column-gutter: 3mm, row-gutter: 1.9mm,
    ..value.fields.map(field => (text(fill: grey, inline(field.label)), value-of(field.value, narrow))).flatten())
}

// A short field is kept on one page. Nothing else is: what is longer than a page and must not break would be cut.
#let is-short(value) = value.kind == "paragraphs" and value.paragraphs.len() < 10 and value.paragraphs.map(one =>
  one.runs.map(part => if part.as == "machine" { part.pieces.map(str.len).sum() } else { part.text.len() }).sum(default: 0)
).sum(default: 0) < 600

// The fields of the last section, the approvals and the signature, stay together with the closing lines.
#let printed-field(field, narrow, last: false) = if field.wide or narrow {
  block(width: 100%, below: 0.9em, sticky: last, breakable: not is-short(field.value), { label-of(field); value-of(field.value, narrow) })
} else {
  block(width: 100%, below: 0.7em, sticky: last, breakable: not is-short(field.value), grid(columns: (30%, 1fr), column-gutter: 4mm,
    label-of(field), { set block(above: 0pt); value-of(field.value, narrow) }))
}

#let banner(one) = block(width: 100%, below: 1mm, above: 0pt, stroke: 1.2pt, inset: 1.6mm,
  align(center, text(size: 10pt, weight: "bold", inline(one))))

#let page-head(editions) = {
  let main = editions.first()
  for edition in editions { edition.banners.map(banner).join() }
  in-language(main.language, main.direction, {
    if editions.any(edition => edition.banners.len() > 0) { v(1mm) }
    set text(size: 7.5pt)
    grid(columns: (1fr, auto), row-gutter: 1.2mm,
      [#main.identifierLabel#main.colon#machine((data.identifier,), main.direction)],
      context main.page.replace("{n}", str(counter(page).get().first())).replace("{m}", str(counter(page).final().first())),
      grid.cell(colspan: 2, [#main.digestLabel#main.colon#machine((data.digest.join(),), main.direction)]))
    v(-1mm)
    line(length: 100%, stroke: hair)
  })
}

#let opening(edition) = {
  heading(level: 1, inline(edition.title))
  if edition.subtitle != none { block(above: 0pt, below: 1em, inline(edition.subtitle)) }
}

#let check-box(edition) = block(width: 100%, stroke: 0.6pt, inset: 3mm, below: 1.2em, breakable: false, {
  set text(size: 8.5pt)
  block(below: 0.6em, strong(inline(edition.box.heading)))
  edition.box.lines.map(paragraph).join()
  block(above: 0.7em, [#edition.digestLabel#edition.colon#machine(data.digest, edition.direction)])
})

#let closing(edition) = block(width: 100%, above: 1.5em, breakable: false, {
  line(length: 100%, stroke: hair)
  set text(size: 8pt, fill: grey)
  edition.closing.map(paragraph).join()
})

#let section-heading(section) = heading(level: 2, inline(section.heading))

#let whole-edition(edition) = in-language(edition.language, edition.direction, {
  opening(edition)
  check-box(edition)
  for section in edition.sections {
    section-heading(section)
    for field in section.fields {
      printed-field(field, false, last: section == edition.sections.last())
    }
  }
  closing(edition)
})

// Both editions come from one request, so that sections and fields stand at the same place in both.
#let pair(make) = grid(columns: (1fr, 1fr), column-gutter: 7mm,
  ..data.editions.map(edition => in-language(edition.language, edition.direction, make(edition))))

#let beside() = {
  pair(opening)
  pair(check-box)
  for (s, section) in data.editions.first().sections.enumerate() {
    block(sticky: true, below: 0.9em, pair(edition => section-heading(edition.sections.at(s))))
    for f in range(section.fields.len()) {
      block(width: 100%, below: 0.9em, sticky: section == data.editions.first().sections.last(),
        pair(edition => printed-field(edition.sections.at(s).fields.at(f), true)))
    }
  }
  pair(closing)
}

#let page-of(editions, body) = {
  let banners = editions.map(edition => edition.banners.len()).sum()
  set page(paper: "a4", margin: (x: 25mm, bottom: 20mm, top: 26mm + banners * 9mm), header-ascent: 4mm,
    header: page-head(editions))
  body
}

#set text(size: 10pt)
#set par(justify: false)
#set list(spacing: 0.6em)
#show heading.where(level: 1): it => block(above: 0pt, below: 0.7em, text(size: 15pt, it.body))
#show heading.where(level: 2): it => block(width: 100%, above: 1.3em, below: 0.8em, inset: (bottom: 1.7mm),
  stroke: (bottom: 0.8pt), text(size: 11.5pt, it.body))

#if data.layout == "beside" {
  page-of(data.editions, beside())
} else {
  for edition in data.editions { page-of((edition,), whole-edition(edition)) }
}
`
