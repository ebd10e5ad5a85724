// Makes the contents and the tabs of the page work; without it both show everything.
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

  setUpContents();
  followReading();
  document.querySelectorAll(".tabs").forEach(setUpTabs);
})();
