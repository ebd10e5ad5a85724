// Makes the contents, the tabs and the table of people work; without it all of them show everything.
(() => {
  "use strict";

  // On a wide screen the contents stand open beside the text; on a narrow one they start closed.
  function setUpContents() {
    const details = document.querySelector(".contents details");
    if (!details) {
      return;
    }
    const wide = window.matchMedia("(min-width: 1100px)");
    const apply = () => {
      details.open = wide.matches;
    };
    wide.addEventListener("change", apply);
    apply();
    details.addEventListener("click", (event) => {
      if (event.target.closest("a") && !wide.matches) {
        details.open = false;
      }
    });
  }

  // Long contents scroll by themselves to what is being read, without moving the page.
  function bringIntoView(link) {
    const box = document.querySelector(".contents");
    const place = link.getBoundingClientRect();
    const frame = box.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) {
      box.scrollTop += place.top - frame.top - frame.height / 2;
    }
  }

  // Marks in the contents the section that is being read.
  function followReading() {
    const links = new Map();
    for (const link of document.querySelectorAll('.contents a[href^="#"]')) {
      links.set(decodeURIComponent(link.hash.slice(1)), link);
    }
    const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    if (headings.length === 0) {
      return;
    }
    let current = null;
    const mark = () => {
      const line = window.innerHeight / 4;
      let last = null;
      for (const heading of headings) {
        if (heading.getBoundingClientRect().top <= line) {
          last = heading;
        }
      }
      const link = last && links.get(last.id);
      if (link === current) {
        return;
      }
      current?.removeAttribute("aria-current");
      current = link;
      if (link) {
        link.setAttribute("aria-current", "true");
        bringIntoView(link);
      }
    };
    let waiting = false;
    window.addEventListener(
      "scroll",
      () => {
        if (!waiting) {
          waiting = true;
          requestAnimationFrame(() => {
            waiting = false;
            mark();
          });
        }
      },
      { passive: true },
    );
    mark();
  }

  // Turns the successive sections of a tabset into tabs, as the ARIA authoring practices describe them.
  function setUpTabs(tabset) {
    const panels = [...tabset.querySelectorAll(":scope > .tab")];
    const list = document.createElement("div");
    list.className = "tab-list";
    list.setAttribute("role", "tablist");
    const heading = tabset.closest("section")?.querySelector("h2, h3, h4, h5");
    if (heading) {
      list.setAttribute("aria-label", heading.textContent);
    }
    const tabs = panels.map((panel) => {
      const title = panel.querySelector(":scope > .tab-title");
      const tab = document.createElement("button");
      tab.type = "button";
      tab.id = `${panel.id}-tab`;
      tab.textContent = title.textContent;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      panel.tabIndex = 0;
      list.append(tab);
      return tab;
    });

    const select = (index, focus) => {
      tabs.forEach((tab, i) => {
        tab.setAttribute("aria-selected", String(i === index));
        tab.tabIndex = i === index ? 0 : -1;
        panels[i].classList.toggle("selected", i === index);
      });
      if (focus) {
        tabs[index].focus();
      }
    };

    list.addEventListener("click", (event) => {
      const index = tabs.indexOf(event.target.closest("[role=tab]"));
      if (index >= 0) {
        select(index, true);
      }
    });
    list.addEventListener("keydown", (event) => {
      const index = tabs.indexOf(document.activeElement);
      const next = {
        ArrowRight: (index + 1) % tabs.length,
        ArrowLeft: (index - 1 + tabs.length) % tabs.length,
        Home: 0,
        End: tabs.length - 1,
      }[event.key];
      if (index >= 0 && next !== undefined) {
        event.preventDefault();
        select(next, true);
      }
    });

    tabset.prepend(list);
    tabset.classList.add("tabbed");
    select(0, false);

    // A link into a hidden panel opens it.
    const reveal = () => {
      const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const index = target ? panels.findIndex((panel) => panel.contains(target)) : -1;
      if (index >= 0) {
        select(index, false);
        target.scrollIntoView();
      }
    };
    window.addEventListener("hashchange", reveal);
    reveal();
  }

  // The table of people ---------------------------------------------------------------------------------------------

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  // On a phone each row becomes a card where every cell carries the name of its column. html.lua does the same for tables
  // of sentences, and as cells laid out as blocks lose their place for assistive tools, gives them their roles again.
  function stack(table) {
    const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    table.classList.add("stacked");
    table.setAttribute("role", "table");
    table.tHead.setAttribute("role", "rowgroup");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      [...row.cells].forEach((cell, i) => {
        cell.setAttribute("role", cell.tagName === "TH" ? "columnheader" : "cell");
        if (cell.tagName === "TD") {
          cell.dataset.label = names[i];
        }
      });
    }
  }

  // What a cell is sorted by: a day, a number or words; null where it says that there is nothing.
  function sortKey(text) {
    const day = text.match(/^(\d{2})\/(\d{2})\/(\d{4})/);
    if (day) {
      return Number(day[3] + day[2] + day[1]);
    }
    const digits = text.replace(/[\s€%]/g, "").replace("−", "-").replace(",", ".");
    if (/^-?\d+(\.\d+)?$/.test(digits)) {
      return Number(digits);
    }
    return text === "" || text === "—" ? null : text;
  }

  const french = new Intl.Collator("fr", { numeric: true });

  function compared(one, other) {
    if (one === null || other === null) {
      return null;
    }
    return typeof one === "number" && typeof other === "number" ? one - other : french.compare(one, other);
  }

  function withoutAccents(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  // Gives a table a field to search in and headers to sort by; a live region tells how many rows are left, and their order.
  function setUpPeople(figure) {
    const table = figure.querySelector("table");
    const body = table.tBodies[0];
    const headers = [...table.tHead.rows[0].cells];
    if (!table.classList.contains("stacked")) {
      stack(table);
    }
    table.classList.add("sortable");
    const rows = [...body.rows].map((row) => ({
      row,
      text: withoutAccents(row.textContent),
      keys: [...row.cells].map((cell) => sortKey(cell.textContent.trim())),
    }));
    const people = (count) => `${count} ${count < 2 ? "personne" : "personnes"}`;
    const search = element("input", { type: "search", id: `${figure.id}-search`, autocomplete: "off", spellcheck: "false" });
    const status = element("p", { role: "status" }, people(rows.length));
    const label = element("label", { for: search.id }, "Rechercher une personne, un blocage, une échéance");
    figure.querySelector(".table-scroll").before(element("div", { class: "table-tools" }, label, search, status));

    let order = "";
    const tell = () => {
      const shown = rows.filter(({ row }) => !row.hidden).length;
      const count = shown === rows.length ? people(shown) : `${people(shown)} sur ${rows.length}`;
      status.textContent = order ? `${count}, ${order}` : count;
    };
    search.addEventListener("input", () => {
      const words = withoutAccents(search.value).split(/\s+/);
      for (const { row, text } of rows) {
        row.hidden = !words.every((word) => text.includes(word));
      }
      tell();
    });

    const sortBy = (column, descending) => {
      // What is missing stands last in both directions.
      const missing = ({ keys }) => Number(keys[column] === null);
      const sorted = [...rows].sort(
        (one, other) =>
          missing(one) - missing(other) ||
          (descending ? -1 : 1) * (compared(one.keys[column], other.keys[column]) ?? 0),
      );
      body.append(...sorted.map(({ row }) => row));
      headers.forEach((header, i) => {
        if (i === column) {
          header.setAttribute("aria-sort", descending ? "descending" : "ascending");
        } else {
          header.removeAttribute("aria-sort");
        }
      });
      order = `par ${headers[column].textContent.toLowerCase()}, ordre ${descending ? "décroissant" : "croissant"}`;
      tell();
    };
    headers.forEach((header, column) => {
      const button = element("button", { type: "button", class: "sort" }, ...header.childNodes);
      button.addEventListener("click", () => sortBy(column, header.getAttribute("aria-sort") === "ascending"));
      header.replaceChildren(button);
    });
  }

  setUpContents();
  followReading();
  document.querySelectorAll(".tabs").forEach(setUpTabs);
  document.querySelectorAll("#tbl-people").forEach(setUpPeople);
})();
