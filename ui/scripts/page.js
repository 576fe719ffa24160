// 起草: the report goes on above and below the part that is open for typing; a click on it opens the part there.
window.gongkai = Object.assign(window.gongkai ?? {}, { page: (() => {
  const ABOVE = 70; // px of the page that are left to be seen over the part that is turned to
  const SETTLED = 3000; // ms: what belongs to a part comes with it, however busy the machine is; later changes are others'
  let settling; // what keeps a place where it is
  let wanted; // where the cursor is to stand as soon as its part is open: { section, words, offset, top }
  const box = () => document.getElementById("whole-page");
  const paper = () => document.querySelector("#draft-text .paper");
  const scrolls = () => box().scrollHeight > box().clientHeight + 1 && getComputedStyle(box()).overflowY !== "visible";

  // The part is open: `turned` where it was not before.
  function laid(section, turned) {
    if (wanted?.section === section) arrive();
    else if (turned && scrolls()) section === "overview" ? (box().scrollTop = 0) : settle(() => align(paper()));
  }

  function arrive(tries = 40) {
    if (!wanted || wanted.section !== gongkai.editor.section()) return;
    if (!paper()?.offsetParent) { if (tries) setTimeout(() => arrive(tries - 1), 150); return; } // not in sight yet
    const { words, offset, top } = wanted;
    wanted = undefined;
    settle(() => align(gongkai.editor.at(words, offset), top));
  }

  // Now, and whenever what stands above is laid out anew, until the reader does something.
  function settle(place) {
    settling?.abort();
    const mine = (settling = new AbortController()), signal = mine.signal;
    const changes = new MutationObserver(() => { place(); changes.takeRecords(); });
    signal.addEventListener("abort", () => changes.disconnect());
    for (const name of ["wheel", "keydown", "pointerdown"]) addEventListener(name, () => mine.abort(), { capture: true, signal });
    setTimeout(() => mine.abort(), SETTLED);
    changes.observe(box(), { childList: true, subtree: true });
    place();
  }

  function align(line, top) {
    const view = scrolls() ? box() : window;
    const edge = view === window ? ABOVE * 2 : box().getBoundingClientRect().top + ABOVE;
    view.scrollBy(0, line.getBoundingClientRect().top - (top ?? edge));
  }

  // To a part, and there to a paragraph.
  function come(where) {
    wanted = where;
    document.querySelectorAll("#parts [data-part]").forEach((one) => {
      if (one.dataset.part === where.section) one.setAttribute("aria-current", "true"); else one.removeAttribute("aria-current");
    });
    const said = document.querySelector("#draft-text .kept"); // none before 起草 was first opened
    if (said && where.section !== gongkai.editor.section()) said.textContent = "正在打开…";
    gongkai.place("drafts", where.section);
    arrive();
  }

  // How far into a line the click was.
  function caret(line, event) {
    const at = document.caretRangeFromPoint?.(event.clientX, event.clientY);
    if (!at || !line.contains(at.startContainer)) return undefined;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(at.startContainer, at.startOffset);
    return before.toString().length;
  }

  function clicked(event) {
    const line = event.target.closest?.("#whole-page .printed-page [data-part]");
    if (!line || line.dataset.part.startsWith("table") || !getSelection().isCollapsed) return;
    line.classList.add("opening");
    come({ section: line.dataset.part, words: line.textContent, offset: caret(line, event), top: line.getBoundingClientRect().top });
  }

  document.addEventListener("click", (event) => {
    const part = event.target.closest?.("#parts [data-part]")?.dataset.part;
    if (!part) return clicked(event);
    if (document.querySelector(`#section input[value="${CSS.escape(part)}"]`)) come({ section: part });
    else box().querySelector(`[data-part="${CSS.escape(part)}"]`)?.scrollIntoView({ block: "start" });
  });

  return { laid, come };
})() });
