-- Lays out for the page what the other filters have shaped: figures, tables, tiles, cards, tabs, contents.
--
-- The last filter, and for HTML only. styles.css and page.js work on the classes given here. A figure whose Vega-Lite
-- specification lies beside it (figures/NAME.vl.json) becomes a chart that charts.js can draw.

if not FORMAT:match('html') then
  return {}
end

local stringify = pandoc.utils.stringify

local function html(text)
  return pandoc.RawBlock('html', text)
end

local function exists(path)
  local file = io.open(path, 'rb')
  if file then
    file:close()
  end
  return file ~= nil
end

-- Fonts ----------------------------------------------------------------------------------------------------------

local function brand_fonts()
  local file = io.open('_brand.yml', 'r')
  if not file then
    return {}
  end
  local yaml = file:read('a')
  file:close()
  local brand = pandoc.read('---\n' .. yaml .. '\n---\n', 'markdown').meta
  return brand.typography and brand.typography.fonts or {}
end

--- The font faces of the brand, for the template: WOFF2 where one lies beside the file that the brand names.
local function add_fonts(meta)
  local faces = pandoc.MetaList({})
  for _, font in ipairs(brand_fonts()) do
    for _, file in ipairs(font.files or {}) do
      local path = stringify(file.path or file)
      local small = path:gsub('%.%w+$', '.woff2')
      faces:insert({
        family = stringify(font.family),
        path = exists(small) and small or path,
        weight = file.weight and stringify(file.weight) or '400',
        style = file.style and stringify(file.style) or 'normal',
      })
    end
  end
  meta.tremplin = meta.tremplin or {}
  meta.tremplin.font = faces
end

-- Pictures and charts ---------------------------------------------------------------------------------------------------------

--- The text that stands for a picture is written as Quarto has it, in fig-alt; pandoc looks for it between the brackets.
local function described(image)
  local text = image.attributes['fig-alt']
  if text then
    image.caption = { pandoc.Str(text) }
    image.attributes['fig-alt'] = nil
    return image
  end
end

--- The name of the chart that an image shows, or nil where there is no specification to draw.
local function chart_name(image)
  local name = image.src:match('^figures/([%w_-]+)%.svg$')
  if name and exists('figures/' .. name .. '.vl.json') then
    return name
  end
end

--- A paragraph that is one chart becomes the block that charts.js draws in.
local function chart(block)
  if #block.content ~= 1 or block.content[1].t ~= 'Image' then
    return nil
  end
  local name = chart_name(block.content[1])
  if name then
    return pandoc.Div({ pandoc.Plain(block.content) }, { class = 'chart', ['data-chart'] = name })
  end
end

--- The title of the report is the page's only first-level heading.
local function lowered(level)
  return math.min(level + 1, 6)
end

-- Figures and tables ---------------------------------------------------------------------------------------------

local PROSE = 50 -- characters in a cell from which a table is read row by row rather than compared column by column

local function rows_of(tbl)
  local rows = pandoc.List({})
  for _, body in ipairs(tbl.bodies) do
    rows:extend(body.body)
  end
  return rows
end

local function is_prose(tbl, rows)
  if #tbl.colspecs < 3 or #tbl.head.rows ~= 1 then
    return false
  end
  return rows:find_if(function(row)
    return row.cells:find_if(function(cell)
      return utf8.len(stringify(cell.contents)) > PROSE
    end) ~= nil
  end) ~= nil
end

local function set_role(attr, role)
  attr.attributes.role = role
end

--- On a phone each row of a table of sentences becomes a card, where every cell carries the name of its column.
--
-- Cells laid out as blocks lose their place in the table for assistive tools, hence the roles.
local function stack(tbl, rows)
  tbl.classes:insert('stacked')
  set_role(tbl.attr, 'table')
  set_role(tbl.head.attr, 'rowgroup')
  local names = tbl.head.rows[1].cells:map(function(cell)
    set_role(cell.attr, 'columnheader')
    return stringify(cell.contents)
  end)
  set_role(tbl.head.rows[1].attr, 'row')
  for _, row in ipairs(rows) do
    set_role(row.attr, 'row')
    for i, cell in ipairs(row.cells) do
      set_role(cell.attr, i == 1 and 'rowheader' or 'cell')
      cell.attr.attributes['data-label'] = names[i]
    end
  end
end

--- A table may be wider than a phone: it scrolls inside a region that the keyboard can reach.
local function scrolling(element, name)
  local rows = rows_of(element)
  if is_prose(element, rows) then
    stack(element, rows)
  end
  -- The first cell of a row names it.
  element.bodies = element.bodies:map(function(body)
    body.row_head_columns = 1
    return body
  end)
  -- A list of pairs: a Lua table has no order, and the page must have the same bytes every time.
  local attributes = { { 'role', 'region' }, { 'tabindex', '0' }, { 'style', '--columns: ' .. #element.colspecs } }
  for key, value in pairs(name) do
    table.insert(attributes, { key, value })
  end
  return pandoc.Div({ element }, pandoc.Attr('', { 'table-scroll' }, attributes))
end

--- What crossref.lua numbered becomes a <figure>; its caption stands first and names it.
local function float(div)
  local id = div.identifier:gsub('[^%w_-]', '')
  local caption_id = id .. '-caption'
  local kind = div.attributes.kind == 'table' and 'table' or 'figure'
  local blocks = pandoc.Blocks({ html(string.format('<figure id="%s" class="float %s" aria-labelledby="%s">', id, kind, caption_id)) })
  for _, block in ipairs(div.content) do
    if block.t == 'Div' and block.classes:includes('caption') then
      blocks:insert(html(string.format('<figcaption id="%s">', caption_id)))
      blocks:insert(pandoc.Plain(block.content[1].content))
      blocks:insert(html('</figcaption>'))
    elseif block.t == 'Table' then
      blocks:insert(scrolling(block, { ['aria-labelledby'] = caption_id }))
    else
      blocks:insert(block)
    end
  end
  blocks:insert(html('</figure>'))
  return blocks
end

local function table_alone(element)
  return scrolling(element, { ['aria-label'] = 'Tableau' }), false
end

-- Cards, tiles and lists -----------------------------------------------------------------------------------------

local ICONS = {
  go = '<path d="M6 12.500l4 4 8-9"/>',
  go_with_conditions = '<path d="M12 6v7.500M12 17.400v.100"/>',
  stop = '<path d="M7.500 7.500l9 9M16.500 7.500l-9 9"/>',
  note = '<path d="M12 11v6M12 7v.100"/>',
  tip = '<path d="M6 12.500l4 4 8-9"/>',
  warning = '<path d="M12 6v7.500M12 17.400v.100"/>',
  important = '<path d="M12 6v7.500M12 17.400v.100"/>',
}

--- A drawn sign that repeats the words beside it, so that colour never carries meaning alone.
local function icon(name)
  return html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">' .. ICONS[name] .. '</svg>')
end

local function verdict(div)
  for _, class in ipairs(div.classes) do
    if ICONS[class] then
      div.content:insert(1, icon(class))
      return div
    end
  end
end

local function notice(div)
  local kind = div.attributes.kind
  div.attributes.kind = nil
  div.classes:insert(kind)
  div.attributes.role = 'note'
  div.content:insert(1, icon(kind))
  return div
end

--- Reasons that open where a reader asks for them.
local function why(div)
  local title = div.attributes.title or ''
  div.attributes.title = nil
  div.classes = { 'reasons' }
  local summary = pandoc.Plain { pandoc.Str 'Pourquoi ?', pandoc.Span({ pandoc.Str(title) }, { class = 'of' }) }
  return { html('<details class="why"><summary>'), summary, html('</summary>'), div, html('</details>') }
end

--- Tells assistive tools that the children of a block are the items of a list.
local function as_list(div)
  div.attributes.role = 'list'
  for _, item in ipairs(div.content) do
    item.attributes.role = 'listitem'
  end
  return div
end

local function score(div)
  local value = tonumber(div.attributes.value)
  div.attributes.value = nil
  if value then
    local bar = '<div class="score-bar" aria-hidden="true"><span style="width: %d%%"></span></div>'
    div.content:insert(3, html(string.format(bar, math.min(value, 100))))
  end
  return div
end

--- A box with its meaning in words, not a control that would forget what was ticked.
local function item(div)
  local done = div.attributes.done == 'true'
  div.attributes.done = nil
  if done then
    div.classes:insert('done')
  end
  local words = done and 'Fait : ' or 'À faire : '
  div.content:insert(1, html('<span class="box"><span class="visually-hidden">' .. words .. '</span></span>'))
  return div
end

-- Tabs -----------------------------------------------------------------------------------------------------------

local tab_count = 0

--- page.js makes tabs of these panels, which otherwise stand one after the other.
--
-- The title is written out: a header would be wrapped, with all that follows it, into a section of its own.
local function tab(div)
  tab_count = tab_count + 1
  div.identifier = 'tab-' .. tab_count
  local title = div.content:remove(1)
  local level = lowered(title.level)
  div.content:insert(1, html(string.format('</h%d>', level)))
  div.content:insert(1, pandoc.Plain(title.content))
  div.content:insert(1, html(string.format('<h%d class="tab-title">', level)))
  return div
end

-- Headings and contents ------------------------------------------------------------------------------------------

local function number_span(header)
  return pandoc.Span({ pandoc.Str(header.attributes.number) }, { class = 'chapter-number' })
end

--- The words of a heading without the notes and links that it may carry.
local function contents_entry(header)
  local words = pandoc.Inlines(header.content):walk({
    Note = function()
      return {}
    end,
    Link = function(link)
      return link.content
    end,
  })
  if header.attributes.number then
    words:insert(1, pandoc.Space())
    words:insert(1, number_span(header))
  end
  return pandoc.Plain({ pandoc.Link(words, '#' .. header.identifier) })
end

--- Chapters and their sections, as nested lists.
local function contents(blocks)
  local chapters = {}
  for _, block in ipairs(blocks) do
    if block.t == 'Header' and not block.classes:includes('unlisted') then
      if block.level == 1 then
        table.insert(chapters, { entry = contents_entry(block), sections = {} })
      elseif block.level == 2 and #chapters > 0 then
        table.insert(chapters[#chapters].sections, { contents_entry(block) })
      end
    end
  end
  local items = {}
  for _, chapter in ipairs(chapters) do
    local item = { chapter.entry }
    if #chapter.sections > 0 then
      table.insert(item, pandoc.BulletList(chapter.sections))
    end
    table.insert(items, item)
  end
  return #items > 0 and pandoc.MetaBlocks({ pandoc.BulletList(items) }) or nil
end

local function lower(header)
  if header.attributes.number then
    header.content:insert(1, pandoc.Space())
    header.content:insert(1, number_span(header))
    header.attributes.number = nil
  end
  header.level = lowered(header.level)
  return header
end

-- The document ---------------------------------------------------------------------------------------------------

local LAYOUTS = {
  verdict = verdict,
  notice = notice,
  scores = as_list,
  score = score,
  keyfacts = as_list,
  checklist = as_list,
  item = item,
  tab = tab,
  why = why,
}

local function lay_out(div)
  if div.classes:includes('float') then
    return float(div), false
  end
  for _, class in ipairs(div.classes) do
    if LAYOUTS[class] then
      return LAYOUTS[class](div)
    end
  end
end

function Pandoc(doc)
  add_fonts(doc.meta)
  doc.meta.contents = contents(doc.blocks)
  return doc:walk({ traverse = 'topdown', Div = lay_out, Table = table_alone }):walk({
    Header = lower,
    Image = described,
    Para = chart,
    Plain = chart,
  })
end
