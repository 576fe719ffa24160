// 报告: the sheet of paper is a document of its own; from here it is looked through, marked, and left for the editor.
window.gongkai = Object.assign(window.gongkai ?? {}, { report: (() => {
  const PATIENCE = 3000; // ms until a sheet that does not come is asked for again
  let looks = 0; // which look the page waits to be answered
  let root, picked = { section: "", quote: "" };
  const paper = () => root?.querySelector("iframe.paper")?.contentDocument;

  const place = (words, within = "") => {
    const page = paper();
    if (!page?.body || !words) return null;
    for (const block of page.querySelectorAll(within ? `[data-part="${CSS.escape(within)}"]` : "[data-part], p, h1")) {
      const walk = page.createTreeWalker(block, NodeFilter.SHOW_TEXT), nodes = [];
      let text = "";
      for (let node; (node = walk.nextNode()); ) { nodes.push({ node, start: text.length }); text += node.data; }
      const at = text.indexOf(words);
      if (at < 0) continue;
      const range = page.createRange(), end = at + words.length;
      const in_ = (where, last) => nodes.findLast(({ start }) => (last ? start < where : start <= where));
      const [first, last] = [in_(at, false), in_(end, true)];
      range.setStart(first.node, at - first.start);
      range.setEnd(last.node, end - last.start);
      return { range, block };
    }
    return null;
  };

  // The sentence that is quoted, or what of it still stands: its longest clause.
  const show = (quote, within) => {
    const clauses = quote.split(/[，。；：\n…]/).sort((one, other) => other.length - one.length);
    const found = [quote, ...clauses].filter((words) => words.length > 1).map((words) => place(words, within) ?? place(words)).find(Boolean);
    if (!found) return false;
    const view = paper().defaultView;
    if (view.CSS?.highlights) view.CSS.highlights.set("place", new view.Highlight(found.range));
    found.block.scrollIntoView({ block: "center" });
    return true;
  };

  // To a part of the sheet; one that is not written yet is written in the editor.
  const turn = (part) => {
    const there = paper()?.querySelector(`[data-part="${CSS.escape(part)}"]`);
    if (there) there.scrollIntoView({ block: "start" });
    else window.gongkai.place?.("drafts", part);
  };

  // From the editor: the page, and on it the paragraph that was worked on, once it is as it stands.
  const printed = (section, text) => {
    window.gongkai.place?.("reports");
    const words = text.trim();
    let tries = 100;
    const look = () => {
      const box = document.getElementById("preview");
      if (box && !("stale" in box.dataset)) return words ? show(words, section) : turn(section);
      if ((tries -= 1)) setTimeout(look, 150);
    };
    setTimeout(look, 300); // the page is doubted as soon as it is seen
  };

  const attach = (frame) => {
    const page = frame.contentDocument;
    if (!page?.body || page.body.dataset.attached) return;
    page.body.dataset.attached = "yes";
    page.querySelectorAll("p[data-part]").forEach((line) => { line.title = "点一下，改这一段"; });
    page.addEventListener("selectionchange", () => {
      const selection = page.getSelection(), quote = selection.toString().trim();
      const part = selection.anchorNode?.parentElement?.closest("[data-part]")?.dataset.part;
      if (quote && part && !part.startsWith("table")) {
        picked = { section: part, quote };
        const field = document.querySelector("#comment textarea");
        if (field) field.placeholder = `批注“${quote.slice(0, 18)}${quote.length > 18 ? "…" : ""}”`;
      }
    });
    page.addEventListener("click", (event) => {
      const line = event.target.closest?.("p[data-part]");
      if (line && page.getSelection().isCollapsed) window.gongkai.page.come({ section: line.dataset.part, words: line.textContent });
    });
  };

  // Looked at again whenever it comes into sight: what was written meanwhile is on it.
  const open = (element, trigger, watch) => {
    root = element;
    const box = element.closest("#preview"); // the element is what Gradio puts into it
    const state = document.getElementById("build-state");
    const made = () => state?.querySelector("[data-made]")?.dataset.made;
    let seen = false, answered = 0;
    const doubted = () => { // until it is known to be what the office holds
      looks += 1;
      box.dataset.stale = "yes";
    };
    const unsent = () => Boolean(window.gongkai.editor?.unsent());
    // What was typed is kept before the sheet is made; where that takes long, the sheet is shown, but not as it stands.
    const look = async () => {
      if (!seen) return;
      doubted();
      const mine = looks;
      if (unsent()) await window.gongkai.editor.flushed(3000);
      if (mine !== looks) return;
      answered = Date.now() + PATIENCE;
      trigger("select");
      // Of events that come close upon each other one may be lost.
      setTimeout(() => { if (mine === looks && made() !== String(looks)) look(); }, 6000);
    };
    let waiting;
    const settled = () => {
      if (made() === undefined) return;
      if (made() !== String(looks)) { // drawn for something else, or of what was held before
        if (!("stale" in box.dataset)) look();
        return;
      }
      if (!("stale" in box.dataset)) return;
      if (unsent()) { clearTimeout(waiting); waiting = setTimeout(look, 1000); return; }
      const frame = element.querySelector("iframe.paper");
      const loaded = frame ? frame.dataset.drawn === state.querySelector("[data-made]").dataset.drawn && frame.contentDocument?.readyState === "complete" && frame.contentDocument.body?.dataset.attached : element.querySelector(".empty");
      if (loaded) delete box.dataset.stale;
      else if (Date.now() < answered) setTimeout(settled, 60); // the sheet is a document of its own, and is drawn anew
      else look(); // another look's sheet came over it
    };
    doubted();
    new IntersectionObserver(([now]) => { seen = now.isIntersecting; if (seen) look(); else doubted(); }).observe(element);
    if (state) new MutationObserver(() => setTimeout(settled, 60)).observe(state, { childList: true, subtree: true, attributes: true });
    // Somebody else may have written, commented or approved meanwhile.
    addEventListener("focus", look);
    document.addEventListener("click", (event) => { if (event.target.closest?.("#page-reports-button")) { doubted(); look(); } }, true);
    setInterval(() => { if (document.visibilityState === "visible") look(); }, 60000);
    const ready = () => {
      const frame = element.querySelector("iframe.paper");
      if (!frame || frame.dataset.watched) return;
      frame.dataset.watched = "yes";
      frame.addEventListener("load", () => attach(frame));
      attach(frame);
    };
    new MutationObserver(ready).observe(element, { childList: true, subtree: true });
    ready();
  };

  document.addEventListener("click", (event) => {
    const part = event.target.closest?.("#margin [data-part]"), find = event.target.closest?.("[data-find]");
    if (part) turn(part.dataset.part);
    if (find) show(find.dataset.find, find.dataset.in ?? "");
  });

  const fetch = () => setTimeout(() => document.querySelector("#file-ready:is(button, a), #file-ready :is(button, a)")?.click(), 80);
  return { open, show, printed, fetch, chosen: () => picked, asked: () => `${looks} ${root?.querySelector("iframe.paper")?.dataset.drawn ?? ""}` };
})() });
