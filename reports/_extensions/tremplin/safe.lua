-- Keeps what a person typed from being anything but words.
--
-- The document is ours, but names and activities in it are not. They arrive escaped; this filter is the second lock:
-- raw HTML, Typst or TeX is shown as text, Quarto's shortcodes are not run, links lead to the web, to mail or inside the
-- document, pictures come from the report's own figures, and elements carry no attributes but the few that are ours.

local ATTRIBUTES = { ['fig-alt'] = true, title = true }

-- Quarto looks for {{< … >}} in text, code and attributes after this filter; invisible joiners keep it from finding any.
local function defused(text)
  return (text:gsub('{{<', '{\u{2060}{<'):gsub('>}}', '>}\u{2060}}'))
end

local function words(text)
  return pandoc.Str(defused((text:gsub('%s+', ' '))))
end

-- Nil where there is nothing to clean: an element that comes back from Lua is copied.
local function clean_attributes(element)
  local attributes = element.attributes
  if #attributes == 0 then
    return nil
  end
  for name, value in pairs(attributes) do
    attributes[name] = ATTRIBUTES[name] and defused(value) or nil
  end
  return element
end

local function is_safe_target(target)
  return target:match('^https?://') or target:match('^mailto:') or target:match('^#')
end

local function is_own_picture(source)
  return source:match('^figures/[%w_-]+%.svg$') or source:match('^figures/[%w_-]+%.png$')
end

-- Whether the signs of a shortcode stand anywhere. A document's JSON holds all its text, and is searched much faster than
-- the words are visited.
local function has_shortcodes(doc)
  local json = pandoc.write(doc, 'json'):gsub('\\u003c', '<'):gsub('\\u003e', '>')
  return json:find('{{<', 1, true) or json:find('>}}', 1, true)
end

function Pandoc(doc)
  return doc:walk {
    traverse = 'topdown',
    RawBlock = function(raw)
      return pandoc.Para { words(raw.text) }
    end,
    RawInline = function(raw)
      return words(raw.text)
    end,
    Math = function(math)
      return words('$' .. math.text .. '$')
    end,
    Str = has_shortcodes(doc) and function(str)
      return pandoc.Str(defused(str.text))
    end or nil,
    Code = function(code)
      code.text = defused(code.text)
      return clean_attributes(code)
    end,
    CodeBlock = function(block)
      block.text = defused(block.text)
      return clean_attributes(block)
    end,
    Span = function(span)
      -- What Quarto's reader makes of {{< … >}}.
      if span.classes:includes('quarto-shortcode__') then
        return words(span.attributes['data-raw'] or '')
      end
      return clean_attributes(span)
    end,
    Link = function(link)
      if not is_safe_target(link.target) then
        return link.content
      end
      link.target = defused(link.target)
      return clean_attributes(link)
    end,
    Image = function(image)
      if not is_own_picture(image.src) then
        return pandoc.Emph(image.caption)
      end
      return clean_attributes(image)
    end,
    Header = clean_attributes,
    Div = clean_attributes,
    Table = clean_attributes,
  }
end
