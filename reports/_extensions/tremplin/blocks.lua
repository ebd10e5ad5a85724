-- Gives every construct of the reports one shape, so that html.lua and typst.lua only have to lay it out.
--
-- Callouts, the verdict, score tiles, key facts, tabs and task lists leave as Divs whose classes name their parts. Quarto
-- knows some of the same constructs under the same names; it does not meet them any more, and neither renderer can
-- show what the other does not.

local NOTICE_WORDS = { note = 'À savoir', tip = 'Conseil', warning = 'Attention', important = 'Important' }

-- Quarto's error() only prints and goes on; a failed assertion ends the render in both.
local function stop(message)
  assert(false, message)
end

local function div(class, content)
  return pandoc.Div(content, { class = class })
end

local function only(content, kind)
  return #content == 1 and content[1].t == kind and content[1] or nil
end

-- Callouts ------------------------------------------------------------------------------------------------------

local function notice(block)
  local class = block.classes:find_if(function(name)
    return name:match('^callout%-')
  end)
  local kind = class and class:match('^callout%-(.+)$')
  local word = kind and NOTICE_WORDS[kind]
  if not word then
    return nil
  end
  local title = pandoc.Inlines { pandoc.Span({ pandoc.Str(word) }, { class = 'notice-word' }) }
  if block.attributes.title then
    -- An attribute is plain text: only its apostrophes remain to be set.
    local words = pandoc.Inlines((block.attributes.title:gsub("'", '’')))
    title:extend { pandoc.Space(), pandoc.Str ':', pandoc.Space() }
    title:extend(words)
  end
  local result = div('notice', { div('notice-title', { pandoc.Para(title) }), div('notice-body', block.content) })
  result.identifier = block.identifier
  result.attributes.kind = kind
  return result
end

-- Tiles ---------------------------------------------------------------------------------------------------------

local function score(label, value, note)
  local tile = div('score', { div('score-label', label), div('score-value', value) })
  if #note > 0 then
    tile.content:insert(div('score-note', note))
  end
  tile.attributes.value = pandoc.utils.stringify(value):match('^%s*(%d+)')
  return tile
end

local function scores_of_table(tbl)
  local tiles = pandoc.Blocks {}
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      local note = pandoc.Blocks {}
      for i = 3, #row.cells do
        note:extend(row.cells[i].contents)
      end
      tiles:insert(score(row.cells[1].contents, row.cells[2].contents, note))
    end
  end
  return tiles
end

local function scores_of_definitions(list)
  local tiles = pandoc.Blocks {}
  for _, item in ipairs(list.content) do
    local blocks = pandoc.Blocks {}
    for _, definition in ipairs(item[2]) do
      blocks:extend(definition)
    end
    local value = pandoc.Blocks { blocks:remove(1) }
    tiles:insert(score({ pandoc.Plain(item[1]) }, value, blocks))
  end
  return tiles
end

local function scores(block)
  local tbl, list = only(block.content, 'Table'), only(block.content, 'DefinitionList')
  if not (tbl or list) then
    stop('blocks: .scores holds one table or one definition list')
  end
  block.content = tbl and scores_of_table(tbl) or scores_of_definitions(list)
  return block
end

local function fact(item)
  local inlines = item[1].content
  local value = inlines:remove(1)
  if value.t ~= 'Strong' then
    stop('blocks: an item of .keyfacts begins with its value in bold')
  end
  if inlines[1] and inlines[1].t == 'Space' then
    inlines:remove(1)
  end
  return div('fact', { div('fact-value', { pandoc.Plain(value.content) }), div('fact-label', { pandoc.Plain(inlines) }) })
end

local function keyfacts(block)
  local list = only(block.content, 'BulletList')
  if not list then
    stop('blocks: .keyfacts holds one bullet list')
  end
  block.content = list.content:map(fact)
  return block
end

-- Verdict -------------------------------------------------------------------------------------------------------

local function verdict(block)
  local line = block.content:remove(1)
  block.content = { div('verdict-line', { line }), div('verdict-reasons', block.content) }
  return block
end

-- The answer comes first: the card follows the cover, before the first chapter opens.
local function verdict_first(blocks)
  local _, i = blocks:find_if(function(block)
    return block.t == 'Div' and block.classes:includes('verdict')
  end)
  if i and i > 1 then
    blocks:insert(1, blocks:remove(i))
  end
  return blocks
end

-- Tabs ----------------------------------------------------------------------------------------------------------

local function tabs(block)
  local result = div('tabs', {})
  local level = block.content[1].level
  if not level then
    stop('blocks: .panel-tabset begins with a heading')
  end
  for _, child in ipairs(block.content) do
    if child.t == 'Header' and child.level == level then
      result.content:insert(div('tab', {}))
    end
    result.content[#result.content].content:insert(child)
  end
  return result
end

-- Task lists ----------------------------------------------------------------------------------------------------

local BOXES = { ['☐'] = 'false', ['☒'] = 'true' }

local function box_of(item)
  local first = item[1] and item[1].content and item[1].content[1]
  return first and first.t == 'Str' and BOXES[first.text]
end

local function checklist(list)
  local items = pandoc.Blocks {}
  for _, item in ipairs(list.content) do
    local done = box_of(item)
    if not done then
      return nil
    end
    item[1].content:remove(1)
    if item[1].content[1] and item[1].content[1].t == 'Space' then
      item[1].content:remove(1)
    end
    items:insert(pandoc.Div(item, { class = 'item', done = done }))
  end
  return div('checklist', items)
end

-- Tables --------------------------------------------------------------------------------------------------------

-- A pipe table with a long line gets equal widths that nobody asked for.
local function natural_widths(tbl)
  local first = tbl.colspecs[1][2]
  for _, spec in ipairs(tbl.colspecs) do
    if not spec[2] or math.abs(spec[2] - first) > 0.001 then
      return nil
    end
  end
  tbl.colspecs = tbl.colspecs:map(function(spec)
    return { spec[1], nil }
  end)
  return tbl
end

local SHAPES = { scores = scores, keyfacts = keyfacts, verdict = verdict, ['panel-tabset'] = tabs }

function Pandoc(doc)
  doc = doc:walk {
    BulletList = checklist,
    Table = natural_widths,
    Div = function(block)
      for _, class in ipairs(block.classes) do
        if SHAPES[class] then
          return SHAPES[class](block)
        end
      end
      return notice(block)
    end,
  }
  doc.blocks = verdict_first(doc.blocks)
  return doc
end
