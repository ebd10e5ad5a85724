-- Numbers chapters, figures and tables, and turns every reference into words with a link.
--
-- `@fig-week` becomes « figure 3 », `@tbl-clauses` « tableau 2 », `@sec-contract` « chapitre 3 », or « annexe B »; other citations go to
-- citeproc. A reference to nothing stops the render. Both renderers get their numbers here and nowhere else, so that the
-- PDF and the page agree.
--
-- A labelled figure or table leaves as Div.float {kind, number}: Div.caption, the content, Div.source where there is one.

local KINDS = {
  fig = { kind = 'figure', word = 'figure', label = 'Figure' },
  tbl = { kind = 'table', word = 'tableau', label = 'Tableau' },
  sec = { kind = 'chapter', word = 'chapitre', label = 'Chapitre' },
  annex = { kind = 'annex', word = 'annexe', label = 'Annexe' },
}
local NBSP = '\u{a0}'

local numbers = {} -- id -> { kind = one of KINDS, number = 3 }

-- Quarto's error() only prints and goes on; a failed assertion ends the render in both.
local function stop(message)
  assert(false, message)
end

local function kind_of(id)
  return KINDS[id:match('^(%l%l%l)%-')]
end

local function count(id, kind, counters)
  if numbers[id] then
    stop('crossref: « ' .. id .. ' » labels two things')
  end
  counters[kind] = (counters[kind] or 0) + 1
  local number = tostring(counters[kind])
  if kind == KINDS.annex then
    number = string.char(64 + counters[kind])
  end
  numbers[id] = { kind = kind, number = number }
  return number
end

-- The caption is the last paragraph of the block; a source line may follow it.
local function take_caption(content, id)
  for i = #content, 1, -1 do
    local block = content[i]
    local is_picture = block.t == 'Para' and #block.content == 1 and block.content[1].t == 'Image'
    if block.t == 'Para' and not is_picture then
      return content:remove(i).content
    end
  end
  stop('crossref: « ' .. id .. ' » has no caption')
end

local function float(div, kind, number)
  local caption = take_caption(div.content, div.identifier)
  local label = pandoc.Span({ pandoc.Str(kind.label .. NBSP .. number .. '.') }, { class = 'label' })
  caption:insert(1, label)
  caption:insert(2, pandoc.Space())
  div.content:insert(1, pandoc.Div({ pandoc.Para(caption) }, { class = 'caption' }))
  div.classes = { 'float' }
  div.attributes.kind = kind.kind
  div.attributes.number = number
  return div
end

local function number_blocks(doc)
  local counters = {}
  return doc:walk {
    traverse = 'topdown',
    Header = function(header)
      if header.level == 1 and not header.classes:includes('unnumbered') then
        header.attributes.number = count(header.identifier, header.classes:includes('annex') and KINDS.annex or KINDS.sec, counters)
        return header
      end
    end,
    Div = function(div)
      local kind = kind_of(div.identifier)
      if kind and kind ~= KINDS.sec then
        return float(div, kind, count(div.identifier, kind, counters)), false
      end
    end,
  }
end

-- pandoc makes a Figure of a lone picture: ours are captioned by the block around them.
local function plain_picture(figure)
  return pandoc.Para(figure.content[1].content)
end

local function is_source(block)
  return block and block.t == 'Div' and block.classes:includes('source')
end

-- A source line right after a figure belongs to it: no page may end between them.
local function adopt_sources(blocks)
  local result = pandoc.Blocks {}
  for _, block in ipairs(blocks) do
    local last = result[#result]
    if is_source(block) and last and last.t == 'Div' and last.classes:includes('float') then
      last.content:insert(block)
    else
      result:insert(block)
    end
  end
  return result
end

local function reference(citation)
  local target = numbers[citation.id]
  if not target then
    stop('crossref: nothing in the report is labelled « ' .. citation.id .. ' »')
  end
  local words = pandoc.Str(target.kind.word .. NBSP .. target.number)
  return pandoc.Link({ words }, '#' .. citation.id, '', { class = 'xref' })
end

local function resolve(cite)
  if not kind_of(cite.citations[1].id) then
    return nil
  end
  local words = pandoc.Inlines {}
  for i, citation in ipairs(cite.citations) do
    if i > 1 then
      local separator = i == #cite.citations and { pandoc.Space(), pandoc.Str 'et', pandoc.Space() }
        or { pandoc.Str ',', pandoc.Space() }
      words:extend(separator)
    end
    words:insert(reference(citation))
  end
  return words
end

-- citeproc prints an unknown key in bold with a question mark, as our style prints nothing; a report must not leave like that.
local function stop_if_unknown(strong)
  local key = pandoc.utils.stringify(strong):match('^(.*)%?$')
  if key then
    stop('crossref: nothing in the report or its bibliography is named « ' .. key .. ' »')
  end
end

function Pandoc(doc)
  doc = doc:walk { Figure = plain_picture }
  doc = number_blocks(doc):walk { Blocks = adopt_sources }
  doc = doc:walk { Cite = resolve }
  doc.meta.csl = '_extensions/tremplin/sources.csl'
  doc.meta['link-citations'] = true
  doc = pandoc.utils.citeproc(doc):walk {
    Cite = function(cite)
      local content = cite.content
      if pandoc.utils.stringify(content):find('?', 1, true) then
        content:walk { Strong = stop_if_unknown }
      end
      return pandoc.Span(content, { class = 'citation' })
    end,
  }
  doc.meta.bibliography = nil
  return doc
end
