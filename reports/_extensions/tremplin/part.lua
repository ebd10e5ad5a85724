-- Keeps the chapters of one document: the essentials, the report or the annex.
--
-- All chapters are numbered together and cited from one list, so that the page and the PDFs agree; then each document
-- takes its own. The front matter's `depth` says how much of them the PDF and the page hold; `part: annex` asks for the
-- annex instead. A reference to a chapter, figure or table of another document stays as words that say which.

local KEPT = {
  essentials = { essentials = true },
  report = { essentials = true, report = true },
  annex = { annex = true },
}
local text = pandoc.utils.stringify

local function depth_of(header)
  return header.classes:includes('annex') and 'annex' or header.classes:includes('essentials') and 'essentials' or 'report'
end

local function is_chapter(block)
  return block.t == 'Header' and block.level == 1
end

-- The page has the whole report, and the annex as its last part.
local function part_of(meta)
  local part = text(meta.part or meta.depth or 'all')
  return FORMAT:match('html') and part == 'report' and 'all' or part
end

local function divided(blocks, kept)
  local own, elsewhere = pandoc.Blocks {}, {}
  local first = blocks:find_if(is_chapter)
  local depth = first and depth_of(first) or 'report'
  for _, block in ipairs(blocks) do
    if is_chapter(block) then
      depth = depth_of(block)
    end
    if kept[depth] then
      own:insert(block)
    else
      local function remember(element)
        if element.identifier ~= '' then
          elsewhere[element.identifier] = depth
        end
      end
      pandoc.Blocks({ block }):walk { Header = remember, Div = remember }
    end
  end
  return own, elsewhere
end

local function in_words(elsewhere)
  return function(link)
    local depth = elsewhere[link.target:match('^#(.+)$')]
    if not depth then
      return nil
    end
    local words = link.content
    if link.classes:includes('xref') and not text(words):match('^annexe') then
      words:extend { pandoc.Space(), pandoc.Str(depth == 'annex' and 'de' or 'du'), pandoc.Space() }
      words:insert(pandoc.Str(depth == 'annex' and 'l’annexe' or 'rapport'))
    end
    return words
  end
end

function Pandoc(doc)
  local part = part_of(doc.meta)
  local kept = KEPT[part]
  if not kept then
    return nil
  end
  local own, elsewhere = divided(doc.blocks, kept)
  doc.blocks = own:walk { Link = in_words(elsewhere) }
  if part == 'annex' then
    doc.meta.subtitle = 'Annexe : le détail, les preuves et les sources'
  end
  return doc
end
