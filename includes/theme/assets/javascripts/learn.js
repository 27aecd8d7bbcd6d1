/* Tabs that are switched together, `?tabs=` and `?pivots=`, zones for one pivot at a time, choices between pages.
 *
 * Without this script each group of tabs switches alone and all zones are shown, each under its name.
 */
(() => {
  "use strict";

  const words = (text) => (text || "").split(/[\s,+]+/).filter(Boolean);
  const asked = (name) => words(new URLSearchParams(location.search).get(name));

  const remember = (name, values) => {
    const address = new URL(location.href);
    if (values.length) address.searchParams.set(name, values.join(","));
    else address.searchParams.delete(name);
    history.replaceState(history.state, "", address.href.replaceAll("%2C", ","));
  };

  // tabs

  const groups = () => [...document.querySelectorAll(".tabbed-set")]
    .map((set) => [...set.querySelectorAll(":scope > input[data-tab]")])
    .filter((inputs) => inputs.length);

  const labelOf = (input) => document.querySelector(`label[for="${input.id}"]`);

  const blockOf = (input) => {
    const set = input.parentElement;
    const index = [...set.querySelectorAll(":scope > input")].indexOf(input);
    return set.querySelectorAll(":scope > .tabbed-content > .tabbed-block")[index];
  };

  /** Show a tab with a condition only while the tab that it depends on is chosen. */
  const showDependent = () => {
    const chosen = new Set(groups().flatMap((inputs) =>
      inputs.filter((input) => input.checked).flatMap((input) => words(input.dataset.tab))));
    for (const inputs of groups()) {
      for (const input of inputs) {
        const hidden = Boolean(input.dataset.condition) && !chosen.has(input.dataset.condition);
        for (const element of [input, labelOf(input), blockOf(input)]) {
          if (!element) continue;
          if (hidden) element.dataset.hidden = "true";
          else delete element.dataset.hidden;
        }
      }
      const shown = inputs.filter((input) => !input.dataset.hidden);
      const current = inputs.find((input) => input.checked);
      if (shown.length && (!current || current.dataset.hidden)) {
        const same = current && shown.find((input) => input.dataset.tab === current.dataset.tab);
        (same || shown[0]).checked = true;
      }
    }
  };

  const choose = (ids) => {
    for (const inputs of groups()) {
      const found = inputs.find((input) =>
        !input.dataset.hidden && words(input.dataset.tab).some((id) => ids.includes(id)));
      if (found) found.checked = true;
    }
    showDependent();
  };

  const onTab = (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.dataset.tab) return;
    const label = labelOf(input);
    const before = label ? label.getBoundingClientRect().top : 0;
    const set = groups().find((inputs) => inputs.includes(input)).map((other) => other.dataset.tab);
    for (const inputs of groups()) {
      const ids = inputs.map((other) => other.dataset.tab);
      if (!ids.every((id) => set.includes(id))) continue;
      const same = inputs.find((other) => other.dataset.tab === input.dataset.tab);
      if (same) same.checked = true;
    }
    showDependent();
    if (label) window.scrollBy(0, label.getBoundingClientRect().top - before);
    const chosen = groups().map((inputs) => inputs.find((other) => other.checked)).filter(Boolean);
    remember("tabs", [...new Set(chosen.map((other) => other.dataset.tab.replaceAll("+", ",")))]);
  };

  // zones

  const STORE = "imagedocs.pivots";

  const stored = () => {
    try { return words(localStorage.getItem(STORE)); } catch { return []; }
  };

  const showPivot = (group, chosen) => {
    const known = group.map((pivot) => pivot.id);
    for (const zone of document.querySelectorAll(".zone.has-pivot")) {
      const pivots = words(zone.dataset.pivot);
      if (!pivots.some((id) => known.includes(id))) continue;
      zone.hidden = !pivots.includes(chosen);
      const title = zone.querySelector(":scope > .zone-title");
      if (title) title.hidden = true;
    }
  };

  const buildChooser = (chooser) => {
    const group = JSON.parse(chooser.dataset.pivots || "[]");
    if (!group.length || chooser.childElementCount) return;
    const wanted = [...asked("pivots"), ...stored()];
    const first = group.find((pivot) => wanted.includes(pivot.id)) || group[0];
    const label = document.createElement("label");
    label.textContent = `${chooser.dataset.label || ""} `;
    const select = document.createElement("select");
    for (const pivot of group) {
      select.add(new Option(pivot.title || pivot.id, pivot.id, false, pivot === first));
    }
    select.addEventListener("change", () => {
      showPivot(group, select.value);
      remember("pivots", [select.value]);
      try { localStorage.setItem(STORE, select.value); } catch { /* private windows keep nothing */ }
    });
    label.append(select);
    chooser.append(label);
    chooser.hidden = false;
    showPivot(group, first.id);
  };

  /** In a choice between pages, say which of them this one is. */
  const markCurrent = () => {
    for (const link of document.querySelectorAll(":is(.op_single_selector, .op_multi_selector) a[href]")) {
      if (link.origin === location.origin && link.pathname === location.pathname) {
        link.setAttribute("aria-current", "page");
      }
    }
  };

  const start = () => {
    choose(asked("tabs"));
    markCurrent();
    document.querySelectorAll(".zone-pivots").forEach(buildChooser);
  };

  document.addEventListener("change", onTab);
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
