-- Sets French spacing: no line may begin with « : » or end with « ».
--
-- The writers type ordinary spaces; those that French typography keeps together become no-break ones: narrow before ; ! ? %
-- and €, full before : and inside « ». A space is never added where none was typed, and code, addresses and raw text stay as
-- they are. Quotation marks that pandoc found in pairs become « ».

local FULL = '\u{a0}'
local NARROW = '\u{202f}'

local function space_before(word)
  if word:match('^[;!?%%]') or word:match('^€') then
    return NARROW
  end
  if word:match('^:') or word:match('^»') then
    return FULL
  end
  return nil
end

local function first_word(inline)
  while inline and inline.t ~= 'Str' do
    inline = inline.content and inline.content[1]
  end
  return inline and inline.text or ''
end

local function last_word(inline)
  while inline and inline.t ~= 'Str' do
    inline = inline.content and inline.content[#inline.content]
  end
  return inline and inline.text or ''
end

-- Thousands typed with a space: « 2 300 ».
local function groups_digits(before, after)
  return before:match('%f[%d]%d%d?%d?$') and not before:match('%d%d%d%d$') and after:match('^%d%d%d%f[%D]')
end

local function space_between(before, after)
  if before:match('«$') then
    return FULL
  end
  if groups_digits(before, after) then
    return NARROW
  end
  return space_before(after)
end

local function set_spaces(inlines)
  local result = pandoc.Inlines {}
  for i, inline in ipairs(inlines) do
    local is_space = inline.t == 'Space' or inline.t == 'SoftBreak'
    local space = is_space and space_between(last_word(inlines[i - 1]), first_word(inlines[i + 1]))
    result:insert(space and pandoc.Str(space) or inline)
  end
  return result
end

-- « 1er », « 2e », « 1er mai »: the letters are raised.
local function ordinal(str)
  local number, letters, rest = str.text:match('^(%d+)(er?)(.*)$')
  if not number then
    number, letters, rest = str.text:match('^(1)(re)(.*)$')
  end
  if not number or not (rest == '' or rest:find('^' .. FULL) or rest:find('^[.,)]')) then
    return nil
  end
  local raised = pandoc.Inlines { pandoc.Str(number), pandoc.Superscript(letters) }
  if rest ~= '' then
    raised:insert(pandoc.Str(rest))
  end
  return raised
end

local function quoted(quote)
  local content = quote.content
  content:insert(1, pandoc.Str('«' .. FULL))
  content:insert(pandoc.Str(FULL .. '»'))
  return content
end

local function set_words(meta_or_blocks)
  return meta_or_blocks:walk { Quoted = quoted, Str = ordinal }:walk { Inlines = set_spaces }
end

function Pandoc(doc)
  doc.blocks = set_words(doc.blocks)
  for _, key in ipairs { 'title', 'subtitle', 'person', 'activity' } do
    local value = doc.meta[key]
    if pandoc.utils.type(value) == 'Inlines' then
      doc.meta[key] = set_words(value)
    end
  end
  return doc
end
