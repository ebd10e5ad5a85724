-- Lays the report out for Typst: every construct becomes a call of a function of template.typ.
--
-- Text stays with pandoc's writer, which escapes it, but for words that it leaves to Typst to misread; only the calls
-- around it are raw.

local text = pandoc.utils.stringify

local function raw(text)
  return pandoc.RawBlock('typst', text)
end

local function raw_inline(text)
  return pandoc.RawInline('typst', text)
end

local function quote(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
end

-- `#name(arguments)[first][second]…` around blocks that the writer sets.
local function call(name, arguments, ...)
  local result = pandoc.Blocks { raw('#' .. name .. '(' .. table.concat(arguments, ', ') .. ')[') }
  local bodies = { ... }
  for i, body in ipairs(bodies) do
    result:extend(body)
    result:insert(raw(i < #bodies and '][' or ']'))
  end
  return result
end

local function part(block, class)
  local found = block.content:find_if(function(child)
    return child.t == 'Div' and child.classes:includes(class)
  end)
  return found and found.content or pandoc.Blocks {}
end

-- Words ---------------------------------------------------------------------------------------------------------

-- What begins a heading, a list or a comment where brackets open, and what Typst sets as another sign: dashes, minus,
-- points. The writer escapes them at the beginning of a paragraph only, or not at all.
local MISREAD = { '^[=+/-]', '^%d+%.$', '%-[-?]', '%W%-%d', '%.%.%.' }

-- A word of more letters may be wider than the page: it may break after each piece. An address, which has slashes, breaks there.
local LONG_WORD = 36
local PIECE = utf8.charpattern:rep(12)

local function as_typed(str)
  if utf8.len(str.text) > LONG_WORD and not str.text:find('/') then
    return raw_inline('#' .. quote((str.text:gsub(PIECE, '%0\u{200b}'))) .. ';')
  end
  for _, pattern in ipairs(MISREAD) do
    if str.text:find(pattern) then
      return raw_inline('#' .. quote(str.text) .. ';')
    end
  end
end

-- Tables --------------------------------------------------------------------------------------------------------

local ALIGNMENTS = { AlignLeft = 'left', AlignRight = 'right', AlignCenter = 'center', AlignDefault = 'left' }
local SHORT = 20 -- a column whose longest cell has fewer characters is as wide as its words
local SHORT_IN_WIDE = 14 -- idem, in a table of many columns
local SHORT_BADGE = 28 -- a badge has a right to more: it is not broken
local WIDE_FROM = 6 -- columns; such a table is set smaller
local UNBROKEN = 7 -- rows; a table of no more is never cut by the end of a page

local function all_rows(tbl)
  local rows = tbl.head.rows:clone()
  for _, body in ipairs(tbl.bodies) do
    rows:extend(body.head)
    rows:extend(body.body)
  end
  rows:extend(tbl.foot.rows)
  return rows
end

local function is_badge(cell)
  local block = #cell.contents == 1 and cell.contents[1]
  local inline = block and block.content and #block.content == 1 and block.content[1]
  return inline and inline.t == 'Span' and inline.classes:includes('badge')
end

-- The characters of the longest cell of each column, and the weight that its words give it.
local function measured_columns(tbl, short)
  local rows = all_rows(tbl)
  local longest, total = {}, {}
  for column = 1, #tbl.colspecs do
    longest[column], total[column] = 0, 0
  end
  for _, row in ipairs(rows) do
    for column, cell in ipairs(row.cells) do
      if cell.col_span == 1 then
        local length = utf8.len(pandoc.utils.stringify(cell.contents)) or 0
        if is_badge(cell) and length < SHORT_BADGE then
          length = math.min(length, short - 1)
        end
        longest[column] = math.max(longest[column], length)
        total[column] = total[column] + length
      end
    end
  end
  return longest, function(column)
    return math.sqrt(longest[column]) + math.sqrt(total[column] / #rows)
  end
end

-- A short column is as wide as its words. Long ones share the rest as the author says, or else by the roots of their
-- longest and their mean length, which evens out the heights of the rows.
local function column_widths(tbl)
  local short = #tbl.colspecs < WIDE_FROM and SHORT or SHORT_IN_WIDE
  local longest, weight = measured_columns(tbl, short)
  local given = tbl.colspecs[1][2] ~= nil
  local all_short = math.max(table.unpack(longest)) < short
  local widths = pandoc.List {}
  for column, length in ipairs(longest) do
    if length < short and not (given and all_short) then
      widths:insert('auto')
    else
      widths:insert(string.format('%.3ffr', given and tbl.colspecs[column][2] or weight(column)))
    end
  end
  return widths
end

local OPEN, CLOSE = raw('['), raw('],')

local function opened(cell)
  local options = {}
  if cell.col_span > 1 then
    table.insert(options, 'colspan: ' .. cell.col_span)
  end
  if cell.row_span > 1 then
    table.insert(options, 'rowspan: ' .. cell.row_span)
  end
  local alignment = cell.alignment
  if ALIGNMENTS[alignment] and alignment ~= 'AlignDefault' then
    table.insert(options, 'align: ' .. ALIGNMENTS[alignment])
  end
  return #options > 0 and raw('table.cell(' .. table.concat(options, ', ') .. ')[') or OPEN
end

-- The words of a cell stay where they are, between two raw blocks: each that Lua takes in its hands costs time.
local function rows_blocks(rows)
  local blocks = pandoc.Blocks {}
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do
      local contents = cell.contents
      blocks:insert(opened(cell))
      if #contents == 1 and contents[1].t == 'Para' then
        blocks:insert(pandoc.Plain(contents[1].content)) -- a paragraph would keep its distance from the rules
      else
        blocks:extend(contents)
      end
      blocks:insert(CLOSE)
    end
  end
  return blocks
end

local function data_table(tbl)
  local alignments = tbl.colspecs:map(function(spec)
    return ALIGNMENTS[spec[1]]
  end)
  local blocks = pandoc.Blocks {
    raw('#data-table(columns: (' .. table.concat(column_widths(tbl), ', ') .. ',), align: ('
      .. table.concat(alignments, ', ') .. ',), small: ' .. tostring(#tbl.colspecs >= WIDE_FROM) .. ', header: ('),
  }
  blocks:extend(rows_blocks(tbl.head.rows))
  blocks:insert(raw('),'))
  for _, body in ipairs(tbl.bodies) do
    blocks:extend(rows_blocks(body.head))
    blocks:extend(rows_blocks(body.body))
  end
  blocks:extend(rows_blocks(tbl.foot.rows))
  blocks:insert(raw(')'))
  return blocks
end

-- Figures -------------------------------------------------------------------------------------------------------

local function picture(image)
  local alt = image.attributes['fig-alt'] or pandoc.utils.stringify(image.caption)
  return raw_inline('#picture(' .. quote(image.src) .. ', alt: ' .. quote(alt) .. ')')
end

-- The writer would colour code by functions that only its own template defines.
local function code(inline)
  return raw_inline('#raw(' .. quote(inline.text) .. ')')
end

local function code_block(block)
  return raw('#raw(block: true, ' .. quote(block.text) .. ')')
end

local function float(block)
  local content = block.content:filter(function(child)
    return child.t ~= 'Div' or not (child.classes:includes('caption') or child.classes:includes('source'))
  end)
  local arguments = { quote(block.identifier) }
  if block.attributes['below-text'] then
    table.insert(arguments, 'below-text: ' .. block.attributes['below-text'])
  end
  if block.attributes.rows and tonumber(block.attributes.rows) > UNBROKEN then
    table.insert(arguments, 'breakable: true')
  end
  local source = part(block, 'source')
  return call('float-' .. block.attributes.kind, arguments, part(block, 'caption'), content, source)
end

-- The rest ------------------------------------------------------------------------------------------------------

local LONG_NOTICE = 900 -- characters; a longer one may run over two pages

local function notice(block)
  local long = utf8.len(pandoc.utils.stringify(block)) > LONG_NOTICE
  local arguments = { quote(block.attributes.kind), 'breakable: ' .. tostring(long) }
  return call('notice', arguments, part(block, 'notice-title'), part(block, 'notice-body'))
end

local function verdict(block)
  local outcome = block.classes:find_if(function(class)
    return class ~= 'verdict'
  end)
  return call('verdict', { quote(outcome) }, part(block, 'verdict-line'), part(block, 'verdict-reasons'))
end

-- `#name(call(…)[…][…], call(…)[…][…],)`: the children of a block as arguments.
local function gathered(name, children, child_blocks)
  local blocks = pandoc.Blocks { raw('#' .. name .. '(') }
  for _, child in ipairs(children) do
    local inner = child_blocks(child)
    inner[1] = raw(inner[1].text:sub(2)) -- no # inside an argument list
    blocks:extend(inner)
    blocks:insert(raw(','))
  end
  blocks:insert(raw(')'))
  return blocks
end

local function scores(block)
  return gathered('scores', block.content, function(tile)
    local value = tile.attributes.value or 'none'
    return call('score', { value }, part(tile, 'score-label'), part(tile, 'score-value'), part(tile, 'score-note'))
  end)
end

local function keyfacts(block)
  return gathered('keyfacts', block.content, function(tile)
    return call('fact', {}, part(tile, 'fact-value'), part(tile, 'fact-label'))
  end)
end

local function actions(block)
  return gathered('actions', block.content[1].content, function(item)
    return call('action', {}, item)
  end)
end

local function checklist(block)
  return gathered('checklist', block.content, function(item)
    return call('task', { 'done: ' .. item.attributes.done }, item.content)
  end)
end

-- A table becomes raw before the block around it is laid out, so its rows are counted first.
local function count_rows(block)
  if block.classes:includes('float') then
    local rows = 0
    block:walk {
      Table = function(tbl)
        rows = rows + #all_rows(tbl)
      end,
    }
    block.attributes.rows = tostring(rows)
    return block
  end
end

-- Typst lays a document out five times at most, and each figure that moves, moves all that follows: so only one may go to
-- another page than its text, the tallest. A heading right before goes with what comes after it, so that no figure
-- stands before its own heading, and none before the one that it follows.
local TALL = 280 -- pixels
local BELOW_TEXT, BELOW_HEADING = '16pt', '60pt'

local function picture_height(figure)
  local height = 0
  figure:walk {
    Image = function(image)
      local file = io.open(image.src, 'r')
      if file then
        height = tonumber(file:read(1000):match('<svg[^>]-%sheight="([%d.]+)')) or 0
        file:close()
      end
    end,
  }
  return height
end

-- The paragraph that a figure follows, with or without its heading between them, and how far below it the figure begins.
local function text_before(blocks, place)
  local before = blocks[place - 1]
  if before and before.t == 'Para' then
    return before, BELOW_TEXT
  end
  local further = blocks[place - 2]
  if before and before.t == 'Header' and further and further.t == 'Para' then
    return further, BELOW_HEADING
  end
end

local function figure_that_may_move(blocks)
  local place, tallest = nil, TALL
  for i, block in ipairs(blocks) do
    if block.t == 'Div' and block.attributes.kind == 'figure' and text_before(blocks, i) then
      local height = picture_height(block)
      if height >= tallest then
        place, tallest = i, height
      end
    end
  end
  return place
end

-- Marks the end of the paragraph before a tall figure, for float-figure() to know how much of the page is left.
local function mark_text_ends(doc)
  local place = figure_that_may_move(doc.blocks)
  if place then
    local before, below = text_before(doc.blocks, place)
    -- Before the last word: a mark after it would follow the figure to the next page.
    before.content:insert(#before.content, raw_inline('#text-ends();'))
    doc.blocks[place].attributes['below-text'] = below
  end
  return doc
end

local function tabs(block)
  local blocks = pandoc.Blocks {}
  for _, tab in ipairs(block.content) do
    blocks:extend(tab.content)
  end
  return blocks
end

-- Typst's own term list lets a page end between a term and what it means.
local function definitions(list)
  local blocks = pandoc.Blocks {}
  for _, item in ipairs(list.content) do
    local meaning = pandoc.Blocks {}
    for _, definition in ipairs(item[2]) do
      meaning:extend(definition)
    end
    blocks:extend(call('definition', {}, { pandoc.Plain(item[1]) }, meaning))
  end
  return blocks
end

local function source(block)
  return call('source', {}, block.content)
end

local function references(block)
  return gathered('references', block.content, function(entry)
    local left, right = pandoc.Inlines {}, pandoc.Inlines {}
    entry:walk {
      Span = function(span)
        if span.classes:includes('csl-left-margin') then
          left = span.content
        elseif span.classes:includes('csl-right-inline') then
          right = span.content
        end
      end,
    }
    return call('entry', { quote(entry.identifier) }, { pandoc.Plain(left) }, { pandoc.Plain(right) })
  end)
end

-- What stands in a few lines between a heading and a figure, a table or another heading would be left with the heading at the foot of a page.
local FEW = 400 -- characters

local function stays_whole(block)
  local is_float = block.classes:includes('float') and not block.attributes['below-text']
  return is_float or block.classes:includes('notice')
end

local function leads_in(blocks, place)
  local length = 0
  while place <= #blocks and blocks[place].t == 'Para' do
    length = length + utf8.len(text(blocks[place]))
    place = place + 1
  end
  local reached = blocks[place]
  local follows = reached and (reached.t == 'Header' or reached.t == 'Div' and stays_whole(reached))
  return follows and length > 0 and length <= FEW
end

local function keep_lead_ins(doc)
  local result = pandoc.Blocks {}
  local leading = false
  for i, block in ipairs(doc.blocks) do
    if block.t == 'Header' then
      leading = leads_in(doc.blocks, i + 1)
    end
    if leading and block.t == 'Para' then
      result:extend(call('leads-in', {}, { block }))
    else
      leading = leading and block.t == 'Header'
      result:insert(block)
    end
  end
  doc.blocks = result
  return doc
end

-- After the essentials a new page begins, with the contents; a document without them has its contents on the cover.
local function open_chapters(doc)
  local essentials = false
  for i, block in ipairs(doc.blocks) do
    if block.t == 'Header' and block.level == 1 then
      if block.classes:includes('essentials') then
        essentials = true
      elseif essentials then
        doc.blocks:insert(i, raw('#contents-page()'))
        break
      end
    end
  end
  doc.meta.essentials = essentials
  local _, annex = doc.blocks:find_if(function(block)
    return block.t == 'Header' and block.level == 1 and block.classes:includes('annex')
  end)
  if annex then
    doc.blocks:insert(annex, raw('#counter(heading).update(0)\n#show heading.where(level: 1): set heading(numbering: "A")'))
  end
  return doc
end

-- What opens on the page has a table of its own on paper.
local function why()
  return {}
end

local LAYOUTS = {
  float = float, why = why, notice = notice, verdict = verdict, scores = scores, keyfacts = keyfacts, actions = actions,
  checklist = checklist, tabs = tabs, source = source, references = references,
}

local function lay_out(block)
  for _, class in ipairs(block.classes) do
    if LAYOUTS[class] then
      return LAYOUTS[class](block)
    end
  end
end

local function span(inline)
  local kind = inline.classes[1]
  local around = {
    badge = '#badge(' .. quote(inline.classes[2] or '') .. ')[',
    label = '#caption-label[',
    ['notice-word'] = '#notice-word[',
  }
  if kind and kind:match('^csl%-') then
    return nil -- references() takes them apart
  end
  if not around[kind] then
    return inline.content
  end
  local result = pandoc.Inlines { raw_inline(around[kind]) }
  result:extend(inline.content)
  result:insert(raw_inline(']'))
  return result
end

-- Brand values stand in Typst strings, where the writer's escapes for text would be wrong.
local function brand_values(values)
  for key, value in pairs(values) do
    if key == 'colour' or key == 'chart' then
      brand_values(value)
    elseif key ~= 'name' and key ~= 'tagline' and key ~= 'contact' then
      values[key] = pandoc.MetaInlines { raw_inline(quote(pandoc.utils.stringify(value))) }
    end
  end
  return values
end

return {
  {
    Meta = function(meta)
      meta.tremplin = brand_values(meta.tremplin)
      return meta
    end,
    Div = function(block)
      if block.identifier == 'refs' then
        block.classes = { 'references' }
        return block
      end
      return count_rows(block)
    end,
  },
  { Pandoc = mark_text_ends },
  { Pandoc = keep_lead_ins },
  { Pandoc = open_chapters },
  { Table = data_table },
  { Image = picture, Span = span, Str = as_typed, Code = code, CodeBlock = code_block, DefinitionList = definitions },
  { Div = lay_out },
}
