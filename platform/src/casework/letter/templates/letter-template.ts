/**
 * The Typst template of letters and indexes. It walks the model (`data`) and decides nothing about content. It is a
 * string, not a file, so that the published build carries it.
 *
 * A4; 25 mm at both sides, because Arabic letters are bound on the right and Latin ones on the left (ISO 838 holes are
 * centred 12 mm from the edge); black and grey only. Banners stand in the head of each page, not behind the text: text
 * across a page would come between the characters of a hash when the page is read by a machine.
 */
export const letterTemplate = String.raw`
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
#let machine(pieces) = text(dir: ltr, font: "Noto Sans Mono", size: 0.88em, ligatures: false, hyphenate: false,
  pieces.map(piece => if piece == " " { " " } else { box(piece) }).join(h(0.001pt)))

#let run(one) = if one.as == "machine" {
  machine(one.pieces)
} else if one.as == "mark" {
  text(dir: dirs.at(one.direction), size: 0.88em, fill: grey, one.text)
} else {
  text(dir: dirs.at(one.direction), one.text)
}

#let inline(paragraph) = in-language(paragraph.language, paragraph.direction, paragraph.runs.map(run).join())

#let paragraph(one) = if one.runs.len() == 0 {
  block(width: 100%, height: 16mm, stroke: (bottom: hair))
} else {
  block(width: 100%, below: 0.5em, above: 0.5em, in-language(one.language, one.direction, par(one.runs.map(run).join())))
}

#let label-of(field) = {
  if field.label.runs.len() > 0 { block(below: 0.35em, above: 0pt, strong(inline(field.label))) }
  if field.note != none { block(below: 0.35em, above: 0pt, text(size: 0.8em, fill: grey, inline(field.note))) }
}

#let value-of(value, narrow) = if value.kind == "paragraphs" {
  value.paragraphs.map(paragraph).join()
} else if value.kind == "list" {
  list(..value.items.map(item => value-of(item, narrow)))
} else if value.kind == "table" {
  set text(size: if narrow { 0.8em } else { 0.92em })
  block(above: 0.5em, below: 0.6em, table(
    columns: value.widths.map(width => width * 1fr),
    stroke: hair,
    inset: (x: 1.4mm, y: 1.2mm),
    align: start,
    table.header(..value.head.map(cell => table.cell(fill: luma(235), strong(inline(cell))))),
    ..value.rows.flatten().map(cell => value-of(cell, narrow)),
  ))
} else {
  for field in value.fields {
    grid(columns: if narrow { (1fr, 1fr) } else { (32%, 1fr) }, column-gutter: 3mm,
      text(fill: grey, inline(field.label)), value-of(field.value, narrow))
  }
}

#let printed-field(field, narrow) = if field.wide or narrow {
  block(width: 100%, below: 0.9em, { label-of(field); value-of(field.value, narrow) })
} else {
  block(width: 100%, below: 0.7em, grid(columns: (30%, 1fr), column-gutter: 4mm,
    label-of(field), { set block(above: 0pt); value-of(field.value, narrow) }))
}

#let banner(one) = block(width: 100%, below: 1mm, above: 0pt, stroke: 1.2pt, inset: 1.6mm,
  align(center, text(size: 10pt, weight: "bold", inline(one))))

#let page-head(editions) = {
  let main = editions.first()
  for edition in editions { edition.banners.map(banner).join() }
  in-language(main.language, main.direction, {
    set text(size: 7.5pt)
    grid(columns: (1fr, auto), row-gutter: 1.2mm,
      [#main.identifierLabel: #machine((data.identifier,))],
      context main.page.replace("{n}", str(counter(page).get().first())).replace("{m}", str(counter(page).final().first())),
      grid.cell(colspan: 2, [#main.digestLabel: #machine((data.digest.join(),))]))
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
  block(above: 0.7em, [#edition.digestLabel: #machine(data.digest)])
})

#let closing(edition) = block(width: 100%, above: 1.5em, {
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
    for field in section.fields { printed-field(field, false) }
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
    pair(edition => section-heading(edition.sections.at(s)))
    for f in range(section.fields.len()) {
      pair(edition => printed-field(edition.sections.at(s).fields.at(f), true))
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
#show heading.where(level: 2): it => block(width: 100%, above: 1.3em, below: 0.8em, inset: (bottom: 1mm),
  stroke: (bottom: 0.8pt), text(size: 11.5pt, it.body))

#if data.layout == "beside" {
  page-of(data.editions, beside())
} else {
  for edition in data.editions { page-of((edition,), whole-edition(edition)) }
}
`
