// The language switcher keeps the place on the page.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.md-select__link[hreflang]");
  if (link && location.hash) link.hash = location.hash;
});

// Wide tables and code can be scrolled with the keyboard (WCAG 2.1.1).
const makeScrollable = () => {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset pre > code")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
};
if (window.document$) window.document$.subscribe(() => requestAnimationFrame(makeScrollable));
else document.addEventListener("DOMContentLoaded", makeScrollable);
