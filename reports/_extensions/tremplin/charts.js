// Draws each chart of the page over its static picture, at the width that there is.
//
// The picture stays where scripts are off or where drawing fails: a report is never worse for having tried.
// Expects `vegaEmbed` (the bundle that stands before this script) and, for each chart,
// <div class="chart" data-chart="NAME"><img …></div> and <script type="application/json" data-for="NAME">.
(() => {
  "use strict";

  const NARROW = 480; // pixels below which long labels stand above their bars
  const LARGEST_TEXT = 1.2; // how much larger than designed the words of a chart may become on a wide screen
  const STROKE = 4; // pixels that lines at the edges of a view take outside it
  const LABEL_ROOM = 26; // pixels that a label above a bar takes

  const numbers = {
    decimal: ",",
    thousands: "\u202f",
    grouping: [3],
    currency: ["", "\u00a0€"],
    percent: "\u202f%",
  };

  const times = {
    dateTime: "%A %e %B %Y à %X",
    date: "%d/%m/%Y",
    time: "%H:%M:%S",
    periods: ["AM", "PM"],
    days: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    shortDays: ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
    months: [
      "janvier", "février", "mars", "avril", "mai", "juin",
      "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ],
    shortMonths: [
      "janv.", "févr.", "mars", "avr.", "mai", "juin",
      "juil.", "août", "sept.", "oct.", "nov.", "déc.",
    ],
  };

  // Words ----------------------------------------------------------------------------------------------------------

  const pen = document.createElement("canvas").getContext("2d");

  function widthOf(text, spec, size, weight = "normal") {
    pen.font = `${weight} ${size}px "${spec.config?.font || "sans-serif"}"`;
    return pen.measureText(text).width;
  }

  function wrapped(text, fits) {
    const lines = [];
    for (const word of [text].flat().join(" ").split(/[ \n]+/)) {
      const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
      if (lines.length > 0 && fits(longer)) {
        lines[lines.length - 1] = longer;
      } else {
        lines.push(word);
      }
    }
    return lines;
  }

  // A title begins at the left edge, like the text of the page, and breaks where the chart ends.
  function withTitle(spec, width) {
    if (!spec.title) {
      return spec;
    }
    const title = spec.title.text ? spec.title : { text: spec.title };
    const look = { fontSize: 13, fontWeight: "bold", ...spec.config?.title, ...title };
    const fits = (line) => widthOf(line, spec, look.fontSize, look.fontWeight) <= width;
    return {
      ...spec,
      title: { ...title, text: wrapped(title.text, fits), anchor: "start", frame: "bounds" },
    };
  }

  // A chart drawn wider than it was designed can afford words nearer in size to those of the page.
  function withLargerText(value, factor) {
    if (Array.isArray(value)) {
      return value.map((inner) => withLargerText(inner, factor));
    }
    if (value === null || typeof value !== "object") {
      return value;
    }
    const larger = {};
    for (const [key, inner] of Object.entries(value)) {
      if (key === "values" || key === "datasets") {
        larger[key] = inner;
      } else if (/fontSize$|^lineHeight$/i.test(key) && typeof inner === "number") {
        larger[key] = inner * factor;
      } else {
        larger[key] = withLargerText(inner, factor);
      }
    }
    return larger;
  }

  // Narrow screens -------------------------------------------------------------------------------------------------

  function layersOf(spec) {
    return [spec, ...(spec.layer || []).flatMap(layersOf)];
  }

  function isNamed(y) {
    return y && y.axis !== null && Array.isArray(y.sort) && ["nominal", "ordinal"].includes(y.type);
  }

  // Puts the labels of rows above their bars where they would leave the bars no room beside them.
  function withLabelsAbove(spec, width) {
    const layers = layersOf(spec);
    const rows = layers.map((layer) => layer.encoding?.y).find(isNamed);
    const size = spec.config?.axis?.labelFontSize || 11;
    if (!rows || typeof spec.height !== "number") {
      return spec;
    }
    if (!rows.sort.some((label) => widthOf(label, spec, size) > width / 4)) {
      return spec;
    }
    const bars = layers.map((layer) => layer.mark).filter((mark) => (mark?.type || mark) === "bar");
    const heights = bars.map((mark) => Number(mark.height)).filter(Boolean);
    const elastic = bars.length > 0 && heights.length === 0; // such bars fill what the scale leaves them
    const thickness = elastic ? (spec.height / rows.sort.length) * 0.8 : Math.max(12, ...heights);
    const step = thickness + LABEL_ROOM;
    for (const { encoding } of layers) {
      if (isNamed(encoding?.y)) {
        encoding.y.axis = {
          ...encoding.y.axis,
          labelAlign: "left",
          labelBaseline: "bottom",
          labelLimit: width,
          labelOffset: -thickness / 2 - 2,
          labelPadding: 0,
        };
        if (elastic) {
          encoding.y.scale = { ...encoding.y.scale, paddingInner: LABEL_ROOM / step, paddingOuter: 0.2 };
        }
      }
    }
    return { ...spec, height: step * rows.sort.length };
  }

  // The labels of rows, beside which a legend begins too; above their bars they take no width.
  function besideLabels(spec, width) {
    const rows = layersOf(spec).map((layer) => layer.encoding?.y).find(isNamed);
    if (!rows || rows.axis?.labelAlign === "left") {
      return width;
    }
    const size = spec.config?.axis?.labelFontSize || 11;
    const longest = Math.max(...rows.sort.map((label) => widthOf(label, spec, size)));
    return width - Math.min(longest, spec.config?.axis?.labelLimit || 180);
  }

  // A legend that is too long breaks into columns.
  function withLegendColumns(spec, width) {
    const size = spec.config?.legend?.labelFontSize || 11;
    const lengthOf = (name) => 36 + widthOf(String(name), spec, size);
    const room = besideLabels(spec, width);
    const domains = layersOf(spec).map((layer) => layer.encoding?.color?.scale?.domain);
    const long = domains.find(
      (domain) => Array.isArray(domain) && domain.reduce((sum, name) => sum + lengthOf(name), 0) > room,
    );
    if (!long) {
      return spec;
    }
    const columns = Math.max(2, Math.floor(room / Math.max(...long.map(lengthOf))));
    return { ...spec, config: { ...spec.config, legend: { ...spec.config?.legend, columns } } };
  }

  // Sizes ----------------------------------------------------------------------------------------------------------

  // Views made of several views keep the size they were given: Vega-Lite cannot fit them to a container.
  const composite = ["hconcat", "vconcat", "concat", "repeat", "facet"];
  const facets = ["row", "column", "facet"];

  function isSingle(spec) {
    return !composite.some((key) => key in spec) && !facets.some((key) => key in (spec.encoding || {}));
  }

  // Views one above the other fit where all that they draw lies inside them: axes too, which no other width can tell.
  function isStack(spec) {
    return Boolean(spec.usermeta?.stacked) && spec.vconcat?.every(isSingle);
  }

  function sized(spec, width) {
    if (!isStack(spec)) {
      return { ...spec, width: "container", autosize: { type: "fit-x", contains: "padding" } };
    }
    const inside = width - 2 * (spec.config?.padding ?? 5) - STROKE;
    return { ...spec, vconcat: spec.vconcat.map((view) => ({ ...view, width: inside })) };
  }

  function fitted(spec, width, designed) {
    let result = sized(spec, width);
    const factor = Math.min(width / designed, LARGEST_TEXT);
    if (factor > 1) {
      result = withLargerText(result, factor);
    }
    if (width < NARROW) {
      result = withLabelsAbove(result, width);
    }
    return withTitle(withLegendColumns(result, width), width - 10);
  }

  // Drawing --------------------------------------------------------------------------------------------------------

  // The whole drawing is one image with one text alternative, not a maze of marks to read aloud.
  function describe(drawing, text) {
    const svg = drawing.querySelector("svg");
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", text);
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("focusable", "false");
  }

  // A drawing that keeps its size may be wider than the screen: the keyboard must be able to scroll it.
  function letScroll(drawing) {
    const width = drawing.querySelector("svg").getAttribute("width");
    drawing.style.setProperty("--native-width", `${width}px`);
    drawing.tabIndex = 0;
  }

  // Inputs ---------------------------------------------------------------------------------------------------------

  // A parameter with a `bind` is an input, which Vega makes; here it becomes one that everybody can use. The words come
  // from the specification: NAME_shown is the value of NAME as a reader writes it, `usermeta` names what to read out.

  const PAUSE = 700; // milliseconds without a change after which the results are announced

  function inputsOf(spec) {
    return (spec.params || []).filter((param) => param.bind);
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  function marksOf(group) {
    return [group, ...(group.marks || []).flatMap(marksOf)];
  }

  // The results of the settings, in words: fields of the data behind some marks, a few only for those who listen.
  function readingsOf(view, spec) {
    return spec.usermeta.reading.flatMap(({ unit, field, order, head, hidden }) => {
      const named = new RegExp(`^${unit}(_\\d+)?_marks$`); // Altair numbers the units of a stack
      const { from } = marksOf(view.vgSpec).find((mark) => named.test(mark.name));
      const rows = [...view.view.data(from.data)].sort((one, other) => one[order] - other[order]);
      return rows.map((row) => ({ text: row[field], head, hidden }));
    });
  }

  function showReading(block, readings) {
    block.replaceChildren(
      ...readings.map(({ text, head, hidden }) => {
        const line = element("p", hidden ? { class: "visually-hidden" } : {}, text);
        if (head) {
          line.prepend(element("strong", {}, head), " ");
        }
        return line;
      }),
    );
  }

  function nameInputs(form, spec, name) {
    for (const param of inputsOf(spec)) {
      const inputs = [...form.querySelectorAll(`[name="${CSS.escape(param.name)}"]`)];
      const box = inputs[0].closest(".vega-bind");
      if (inputs[0].type === "radio") {
        const label = box.querySelector(".vega-bind-name");
        label.id = `${name}-${param.name}`;
        box.setAttribute("role", "radiogroup");
        box.setAttribute("aria-labelledby", label.id);
      } else {
        inputs[0].nextElementSibling.className = "value";
        inputs[0].nextElementSibling.setAttribute("aria-hidden", "true");
      }
    }
  }

  function showValues(form, view, spec) {
    for (const param of inputsOf(spec)) {
      const input = form.querySelector(`[name="${CSS.escape(param.name)}"]`);
      if (input.type === "range") {
        const shown = view.view.signal(`${param.name}_shown`);
        input.nextElementSibling.textContent = shown;
        input.setAttribute("aria-valuetext", shown);
      }
    }
  }

  // What the reader has set outlives a drawing: another width changes no value and takes no focus away.
  async function keepValues(from, to, spec) {
    for (const { name } of inputsOf(spec)) {
      to.view.signal(name, from.view.signal(name));
    }
    await to.view.runAsync();
  }

  function keepFocus(from, to) {
    const { name, type, value } = from.contains(document.activeElement) ? document.activeElement : {};
    if (name) {
      const same = `[name="${CSS.escape(name)}"]`;
      to.querySelector(type === "radio" ? `${same}[value="${CSS.escape(value)}"]` : same).focus();
    }
  }

  function followInputs(chart, form, view, spec) {
    nameInputs(form, spec, chart.dataset.chart);
    const reset = element("button", { type: "button", name: "reset", class: "reset" }, spec.usermeta.reset);
    form.append(reset);
    form.addEventListener("submit", (event) => event.preventDefault());
    reset.addEventListener("click", () => {
      for (const { name, value } of inputsOf(spec)) {
        view.view.signal(name, value);
      }
      view.view.runAsync();
    });

    const block = chart.querySelector(".reading") || element("div", { class: "reading" });
    const status = chart.querySelector("[role=status]") || element("p", { class: "visually-hidden", role: "status" });
    chart.append(block, status);

    let timer;
    let told = [];
    const show = () => {
      showValues(form, view, spec);
      const readings = readingsOf(view, spec);
      showReading(block, readings);
      return readings.map(({ text }) => text);
    };
    const follow = () => {
      const texts = show();
      clearTimeout(timer);
      timer = setTimeout(() => {
        status.textContent = texts.filter((text, i) => text !== told[i]).join(" ");
        told = texts;
      }, PAUSE);
    };
    for (const { name } of inputsOf(spec)) {
      view.view.addSignalListener(name, () => view.view.runAfter(follow));
    }
    told = show();
  }

  // All together ---------------------------------------------------------------------------------------------------

  const views = new Map();

  async function draw(chart) {
    const name = chart.dataset.chart;
    const data = document.querySelector(`script[data-for="${CSS.escape(name)}"]`);
    const picture = chart.querySelector("img");
    if (!data || !picture) {
      return;
    }
    const drawing = element("div", { class: "drawing pending" });
    picture.after(drawing);
    let form;
    try {
      const spec = JSON.parse(data.textContent);
      if (inputsOf(spec).length > 0) {
        form = element("form", { class: "controls pending", "aria-label": spec.usermeta.controls });
        drawing.after(form);
      }
      const fits = isSingle(spec) || isStack(spec);
      const designed = picture.naturalWidth || Infinity;
      const view = await window.vegaEmbed(drawing, fits ? fitted(spec, chart.clientWidth, designed) : spec, {
        mode: "vega-lite",
        renderer: "svg",
        actions: false,
        ast: true, // interprets expressions, so that the page can forbid eval
        bind: form,
        defaultStyle: false,
        tooltip: { theme: "custom", disableDefaultStyle: true },
        formatLocale: numbers,
        timeFormatLocale: times,
      });
      describe(drawing, picture.alt);
      if (!fits) {
        chart.classList.add("composite");
        letScroll(drawing);
      }
      const former = views.get(chart);
      if (form) {
        if (former) {
          await keepValues(former, view, spec);
        }
        followInputs(chart, form, view, spec);
        chart.classList.add("live");
      }
      former?.finalize();
      views.set(chart, view);
      chart.querySelector(".drawing:not(.pending)")?.remove();
      drawing.classList.remove("pending");
      if (form) {
        const old = chart.querySelector(".controls:not(.pending)");
        form.classList.remove("pending");
        if (old) {
          keepFocus(old, form);
          old.remove();
        }
      }
      chart.dataset.drawn = "true";
    } catch (error) {
      drawing.remove();
      form?.remove();
      console.error(`Graphique ${name} : ${error.message}`);
    }
  }

  async function drawAll() {
    await document.fonts.ready; // Vega measures words to lay them out
    for (const chart of document.querySelectorAll("[data-chart]")) {
      await draw(chart);
    }
  }

  // Titles and labels are laid out for one width: another one needs another drawing.
  function redrawOnResize() {
    const main = document.querySelector("main");
    let width = main.clientWidth;
    let timer;
    window.addEventListener("resize", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (main.clientWidth !== width) {
          width = main.clientWidth;
          drawAll();
        }
      }, 200);
    });
  }

  drawAll();
  redrawOnResize();
})();
