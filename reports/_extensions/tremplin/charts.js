// Draws each chart of the page over its static picture, at the width that there is.
//
// The picture stays where scripts are off or where drawing fails: a report is never worse for having tried.
// Expects `vegaEmbed` (the bundle that stands before this script) and, for each chart,
// <div class="chart" data-chart="NAME"><img …></div> and <script type="application/json" data-for="NAME">.
(() => {
  "use strict";

  const NARROW = 480; // pixels below which long labels stand above their bars and legends break into columns
  const LARGEST_TEXT = 1.2; // how much larger than designed the words of a chart may become on a wide screen
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

  function withLegendColumns(spec, width) {
    const size = spec.config?.legend?.labelFontSize || 11;
    const lengthOf = (names) => names.reduce((sum, name) => sum + 36 + widthOf(String(name), spec, size), 0);
    const domains = layersOf(spec).map((layer) => layer.encoding?.color?.scale?.domain);
    if (!domains.some((domain) => Array.isArray(domain) && lengthOf(domain) > width)) {
      return spec;
    }
    const legend = { ...spec.config?.legend, columns: 2 };
    return { ...spec, config: { ...spec.config, legend } };
  }

  // Sizes ----------------------------------------------------------------------------------------------------------

  // Views made of several views keep the size they were given: Vega-Lite cannot fit them to a container.
  const composite = ["hconcat", "vconcat", "concat", "repeat", "facet"];
  const facets = ["row", "column", "facet"];

  function canFit(spec) {
    return !composite.some((key) => key in spec) && !facets.some((key) => key in (spec.encoding || {}));
  }

  function fitted(spec, width, designed) {
    let result = { ...spec, width: "container", autosize: { type: "fit-x", contains: "padding" } };
    const factor = Math.min(width / designed, LARGEST_TEXT);
    if (factor > 1) {
      result = withLargerText(result, factor);
    }
    if (width < NARROW) {
      result = withLegendColumns(withLabelsAbove(result, width), width);
    }
    return withTitle(result, width - 10);
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

  const views = new Map();

  async function draw(chart) {
    const name = chart.dataset.chart;
    const data = document.querySelector(`script[data-for="${CSS.escape(name)}"]`);
    const picture = chart.querySelector("img");
    if (!data || !picture) {
      return;
    }
    const drawing = document.createElement("div");
    drawing.className = "drawing pending";
    chart.append(drawing);
    try {
      const spec = JSON.parse(data.textContent);
      const fits = canFit(spec);
      const designed = picture.naturalWidth || Infinity;
      const view = await window.vegaEmbed(drawing, fits ? fitted(spec, chart.clientWidth, designed) : spec, {
        mode: "vega-lite",
        renderer: "svg",
        actions: false,
        ast: true, // interprets expressions, so that the page can forbid eval
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
      views.get(chart)?.finalize();
      views.set(chart, view);
      chart.querySelector(".drawing:not(.pending)")?.remove();
      drawing.classList.remove("pending");
      chart.dataset.drawn = "true";
    } catch (error) {
      drawing.remove();
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
