-- Sets French spacing: no line may begin with « : » or end with « ».
--
-- The writers type ordinary spaces; those that French typography keeps together become no-break ones: narrow before ; ! ? %
-- and €, full before : and inside « ». A space is never added where none was typed, and code, addresses and raw text stay as
-- they are. Quotation marks that pandoc found in pairs become « ».

local FULL = '\u{a0}'
local NARROW = '\u{202f}'

local OPENS = {}
for _, sign in ipairs { ';', '!', '?', '%', '€', ':', '»' } do
  OPENS[sign:byte(1)] = true
end

local function space_before(word)
  if not OPENS[word:byte(1)] then
    return nil -- as for nearly every word
  end
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

-- Nil where no space changes: a list that comes back from Lua is copied. Each word is looked at once.
local function set_spaces(inlines)
  local changed, before, place = nil, '', nil
  for i, inline in ipairs(inlines) do
    local kind = inline.t
    if kind == 'Space' or kind == 'SoftBreak' then
      if place then
        before = ''
      end
      place = i
    else
      local text = kind == 'Str' and inline.text
      local space = place and space_between(before, text or first_word(inline))
      if space then
        inlines[place] = pandoc.Str(space)
        changed = inlines
      end
      before, place = text or last_word(inline), nil
    end
  end
  if place and space_between(before, '') then
    inlines[place] = pandoc.Str(space_between(before, ''))
    changed = inlines
  end
  return changed
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
