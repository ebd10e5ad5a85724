-- Reads _brand.yml and the front matter into what the templates print: names, colours and the date in words.
--
-- Quarto reads the same file for its own purposes; reading it here gives both renderers the same brand.

local MONTHS = {
  'janvier', 'février', 'mars', 'avril', 'mai', 'juin',
  'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre',
}

local text = pandoc.utils.stringify

-- Quarto's error() only prints and goes on; a failed assertion ends the render in both.
local function stop(message)
  assert(false, message)
end

local function read_yaml(path)
  local file, problem = io.open(path, 'r')
  if not file then
    stop('brand: ' .. problem)
  end
  local yaml = file:read('a')
  file:close()
  -- pandoc has no YAML function for filters, but it reads the front matter of a document.
  return pandoc.read('---\n' .. yaml .. '\n---\n', 'markdown-smart-tex_math_dollars-citations').meta
end

local function at(meta, ...)
  for _, key in ipairs { ... } do
    meta = type(meta) == 'table' and meta[key] or nil
  end
  return meta
end

-- A colour is written as #rrggbb, or as the name of another one.
local function resolve(name, brand)
  local seen = {}
  local value = name
  while not value:match('^#%x%x%x%x%x%x$') do
    local next_value = at(brand, 'color', 'palette', value) or at(brand, 'color', value)
    if seen[value] or not next_value then
      stop('brand: the colour « ' .. name .. ' » is not defined in _brand.yml')
    end
    seen[value] = true
    value = text(next_value)
  end
  return value
end

local function resolve_all(names, brand)
  local colours = {}
  for role, value in pairs(names or {}) do
    if role ~= 'palette' then
      colours[role] = resolve(text(value), brand)
    end
  end
  return colours
end

local function date_in_words(iso)
  local year, month, day = iso:match('^(%d%d%d%d)-(%d%d)-(%d%d)$')
  if not year then
    stop('brand: the date « ' .. iso .. ' » is not of the form 2026-11-22')
  end
  local day_word = day == '01' and '1er' or tostring(tonumber(day))
  return day_word .. '\u{a0}' .. MONTHS[tonumber(month)] .. ' ' .. year
end

local function logo_path(logo)
  if not logo then
    return nil
  end
  local file = type(logo) == 'table' and (logo.medium or logo.small or logo.large) or logo
  return text(file)
end

return {
  {
    Meta = function(meta)
      local brand = read_yaml('_brand.yml')
      local own = at(brand, 'defaults', 'tremplin') or {}
      local colours = resolve_all(at(brand, 'color', 'palette'), brand)
      for role, colour in pairs(resolve_all(brand.color, brand)) do
        colours[role] = colour
      end
      colours.rule = resolve(text(own.rule), brand)
      meta.tremplin = {
        name = text(at(brand, 'meta', 'name')),
        tagline = text(at(brand, 'meta', 'tagline') or ''),
        contact = text(at(brand, 'meta', 'contact') or ''),
        logo = logo_path(brand.logo),
        sans = text(at(brand, 'typography', 'base', 'family')),
        serif = text(at(brand, 'typography', 'headings', 'family')),
        colour = colours,
        chart = resolve_all(own.chart, brand),
      }
      local date = text(meta.date)
      meta['date-words'] = date_in_words(date)
      -- For Typst's datetime(), which takes numbers without leading zeros.
      meta['date-parts'] = { year = date:sub(1, 4), month = tostring(tonumber(date:sub(6, 7))), day = tostring(tonumber(date:sub(9, 10))) }
      return meta
    end,
  },
}
