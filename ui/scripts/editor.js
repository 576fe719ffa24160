// The editor of a draft: paragraphs that can be typed in, figures that can only be put in or taken out whole.
//
// The server sends a draft as pieces (`value`) and, for every text it has kept, what the gates say
// about it (`said`). What is typed is never written back into the page, so that the cursor and the
// input method stay undisturbed; marks are laid over the text by the CSS Custom Highlight API.
window.gongkai = Object.assign(window.gongkai ?? {}, { editor: (() => {
  const PAUSE = 700, AGAIN = 5000, MIRROR = "gongkai-drafts"; // ms after the last key; until a text that was not kept is sent again
  const HEADING = /^\s*(?:（[一二三四五六七八九十]+）|\d{1,2}[.．](?!\d))[^。；！？]{1,30}$/; // as it is printed (report/outline.py)
  const KINDS = ["numeral", "citation", "placeholder", "gap", "note", "own"];
  let root, paper, gutter, trigger, props, draft = {}, number = 0, similarity = [], timer, asked, fresh = false; // typed since the last message was made
  let bases = []; // the text last known to be kept, then those sent since, each with its number: what the next one is made from
  const outbox = new Map(); // of each sheet the latest message that the server has not answered
  const sent = new Map(); // the same as it was sent last
  let last = { at: 0n }; // the message that was kept last, and when

  const make = (tag, name, text) => Object.assign(document.createElement(tag), { className: name ?? "", textContent: text ?? "" });

  function chip(text, source) {
    const made = make("span", "figure", text);
    made.contentEditable = "false";
    made.title = source;
    return made;
  }

  // The text with one line a paragraph, and where each text node begins in it.
  function read() {
    const nodes = [];
    let text = "", fresh = true;
    const line = () => { if (!fresh) { text += "\n"; fresh = true; } };
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        nodes.push({ node, start: text.length });
        text += node.data.replaceAll("\n", " ");
        if (node.data) fresh = false;
      } else {
        const block = /^(P|DIV|LI|H\d)$/.test(node.tagName);
        if (block) line();
        node.childNodes.forEach(walk);
        if (block || node.tagName === "BR") line();
      }
    };
    paper.childNodes.forEach(walk);
    return { text: text.replace(/\n+$/, ""), nodes };
  }

  function range(nodes, start, end) {
    const at = (place, last) => {
      const found = nodes.findLast(({ start: begins }) => (last ? begins < place : begins <= place)) ?? nodes[0];
      return [found.node, Math.min(place - found.start, found.node.length)];
    };
    const made = document.createRange();
    made.setStart(...at(start, false));
    made.setEnd(...at(end, true));
    return made;
  }

  function marked(remarks) {
    if (!window.CSS?.highlights) return;
    const { nodes } = read();
    for (const kind of KINDS) {
      const ranges = nodes.length ? remarks.filter((one) => one.kind === kind).map((one) => range(nodes, one.start, one.end)) : [];
      CSS.highlights.set(`draft-${kind}`, new Highlight(...ranges));
    }
  }

  function render() {
    const next = JSON.parse(props.value || "{}");
    if (next.busy && next.made < draft.made) return; // was on its way when the writing was stopped
    if (next.made && next.made === draft.made) return; // the same once more, at the end of its event: meanwhile something may have been typed
    const left = draft.open && fresh; // typed while this was on its way
    if (left) post();
    outbox.forEach((one) => { one.earlier = true; });
    const late = last.at && BigInt(next.read ?? 0) < last.at && sheet(last) !== sheet(next) && !outbox.has(sheet(last));
    if (late) {
      const { at, ...message } = last; // this sheet was read before that text was kept: it is laid out once more
      outbox.set(sheet(last), { ...message, earlier: true });
      last = { at: 0n };
    }
    const turned = sheet(draft) !== sheet(next);
    if (draft.section !== undefined && turned) paper.blur(); // what is typed next was meant for the other
    draft = next;
    clearTimeout(timer);
    number += 1;
    paper.replaceChildren(...(draft.paragraphs ?? []).map((pieces) => {
      const paragraph = make("p");
      paragraph.append(...pieces.map(([text, source]) => (source ? chip(text, source) : text)));
      if (!pieces.length) paragraph.append(document.createElement("br"));
      return paragraph;
    }));
    bases = [{ number, text: read().text }];
    if (outbox.size) timer = setTimeout(keep, late ? 0 : left ? PAUSE : AGAIN);
    // A text of another sheet that is under way may stand on this one too: it is laid out again before it is typed on.
    const open = draft.open && ![...outbox.keys()].some((key) => key !== sheet(draft));
    paper.contentEditable = String(open);
    paper.setAttribute("aria-readonly", String(!open));
    document.getElementById("draft-tools").classList.toggle("writing", Boolean(draft.busy));
    paper.dataset.placeholder = draft.placeholder ?? "";
    paper.setAttribute("aria-label", `${draft.title ?? ""}草稿`);
    similarity = draft.similarity ?? [];
    marked(draft.remarks ?? []);
    told(outbox.size ? "正在保存…" : draft.state ?? ""); // what is not on this sheet yet is not kept
    beside();
    used();
    gongkai.page.laid(draft.section, turned);
  }

  // The cursor in the paragraph of these words, behind `offset` characters of it; where it stands, the paper if nowhere.
  function at(words, offset = Infinity) {
    const { text, nodes } = read(), lines = text.split("\n");
    const line = words ? lines.findIndex((one) => one.trim() === words.trim()) : -1;
    if (draft.open) paper.focus({ preventScroll: true });
    if (line < 0) return paper;
    const start = lines.slice(0, line).join("\n").length + (line ? 1 : 0), indent = lines[line].search(/\S/);
    const place = range(nodes, start, start + Math.min(indent + offset, lines[line].length));
    if (draft.open) {
      getSelection().removeAllRanges();
      getSelection().addRange(place);
      getSelection().collapseToEnd();
      leave();
    }
    return [...paper.children].find((one) => one.contains(place.startContainer)) ?? paper;
  }

  function told(words) { root.querySelector(".kept").textContent = words; }

  // Beside each paragraph: how much of it stands in last year's report, and a button to have it written anew.
  function beside() {
    const shares = new Map(similarity.map((one) => [one.paragraph, one.share]));
    const held = gutter.contains(document.activeElement) && document.activeElement.getAttribute("aria-label"); // the keyboard's place
    const lines = [...paper.children].filter((one) => one.textContent.trim());
    gutter.replaceChildren(...lines.map((paragraph, place) => {
      const side = make("div", "side"), heading = HEADING.test(paragraph.textContent);
      side.style.top = `${paragraph.offsetTop}px`;
      paragraph.classList.toggle("heading", heading);
      if (draft.open && heading) side.append(...moving(lines, place));
      else if (draft.open) {
        const button = make("button", "anew", "重写");
        button.type = "button";
        button.setAttribute("aria-label", `重写第${place + 1}段`);
        button.onclick = () => { clearTimeout(timer); keep(); number += 1; asked = message({ paragraph: place }); trigger("select"); };
        side.append(...moving(lines, place), button);
      }
      const share = shares.get(place);
      if (share !== undefined) {
        const said = make("span", share > 0.5 ? "share much" : "share", `似上年${Math.round(share * 100)}%${share > 0.5 ? "，请改写" : ""}`);
        said.title = "这一段的文字（数字和法规名称除外）有多少与上年报告相同";
        side.append(said);
      }
      return side;
    }));
    if (held) gutter.querySelector(`[aria-label="${held}"]`)?.focus({ preventScroll: true });
  }

  // A paragraph goes up or down whole, with its figures.
  function moving(lines, place) {
    return [[-1, "↑", "上移"], [1, "↓", "下移"]].filter(([step]) => lines[place + step]).map(([step, sign, name]) => {
      const button = Object.assign(make("button", "move", sign), { type: "button" });
      button.setAttribute("aria-label", `第${place + 1}段${name}`);
      button.onclick = () => {
        lines[place + step][step < 0 ? "before" : "after"](lines[place]);
        typed();
        [...gutter.querySelectorAll(`[aria-label="第${place + step + 1}段${name}"], [aria-label="第${place + step + 1}段${step < 0 ? "下移" : "上移"}"]`)][0]?.focus();
      };
      return button;
    });
  }

  // Which figures offered beside the draft stand in it.
  function used() {
    const { text } = read();
    document.querySelectorAll("#draft-basis [data-put]").forEach((one) => one.setAttribute("aria-pressed", String(text.includes(one.dataset.put))));
  }

  const sheet = ({ org, year, section }) => JSON.stringify([org, year, section]);

  function message(more = {}) {
    const { org, year, section } = draft;
    return { org, year, section, number, by: who() ?? "", text: read().text, bases: bases.map((one) => one.text), ...more };
  }

  // The text as it stands, to be sent with the next event.
  function post() {
    number += 1;
    const made = message();
    if (bases.at(-1).text === made.text) bases.at(-1).number = number; else bases.push({ number, text: made.text });
    if (bases.length > 20) bases.splice(1, 1);
    outbox.delete(sheet(made)); // the sheet that is shown comes last
    outbox.set(sheet(made), made);
    fresh = false;
    mirror();
  }

  // Words are sent by the one who typed them: whoever signs in next in the same window has a shelf of his own.
  const who = () => document.querySelector("#masthead [data-user]")?.dataset.user;
  const shelf = () => `${MIRROR}:${who() ?? ""}`;

  function known(then, tries = 60) {
    if (who() === undefined && tries) setTimeout(() => known(then, tries - 1), 50); else then();
  }

  // Also where the page goes down with the connection: the next one sends it.
  function mirror() {
    const unsent = [...outbox.values(), ...(fresh && draft.open ? [message()] : [])];
    try { sessionStorage.setItem(shelf(), JSON.stringify(unsent)); } catch { told("浏览器不能暂存，请等到显示“已保存”再离开"); }
    if (!unsent.length) document.getElementById("left-unsent")?.remove();
  }

  function stored() {
    try { return JSON.parse(sessionStorage.getItem(shelf()) ?? "[]"); } catch { return []; } // it may keep nothing
  }

  function recovered() {
    for (const one of stored()) if (Array.isArray(one.bases) && !outbox.has(sheet(one))) outbox.set(sheet(one), one);
  }

  function typed() {
    if (!draft.open) return;
    number += 1;
    fresh = true;
    told("正在保存…");
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
    mirror();
    beside();
    used();
  }

  function keep() {
    clearTimeout(timer);
    if (fresh) post();
    if (!outbox.size) return;
    trigger("input");
    timer = setTimeout(() => { told("尚未保存，正在重试…"); keep(); }, AGAIN);
  }

  // Whether anything was typed that the server is not known to hold; before the editor is there, what was left behind.
  const unsent = () => Boolean(root ? fresh || outbox.size : stored().length);

  // A page that opens elsewhere says that words are waiting, and leads to where they are sent.
  function remind() {
    const left = root ? [] : stored();
    if (!left.length) return;
    const line = Object.assign(make("p", "left-unsent", "上次离开时有文字没有保存，还留在这个浏览器里。"), { id: "left-unsent" });
    const way = Object.assign(make("button", "", "打开“起草”保存"), { type: "button" });
    way.dataset.go = `drafts/${left.at(-1).section}`;
    line.setAttribute("role", "alert");
    line.append(way);
    document.body.prepend(line);
  }

  // Sent, and waited for; whether the server holds it all now.
  async function flushed(patience = 15000) {
    if (!root) return !unsent();
    if (unsent()) keep();
    for (const end = Date.now() + patience; unsent() && Date.now() < end; ) await new Promise((done) => setTimeout(done, 80));
    return !unsent();
  }

  function said() {
    const answer = JSON.parse(props.said || "{}");
    let again = false;
    for (const [org, year, section, at] of answer.done ?? []) {
      const key = sheet({ org, year, section }), held = outbox.get(key);
      if (held?.number !== at) continue;
      if (BigInt(answer.kept_at) > last.at) last = { ...held, at: BigInt(answer.kept_at) };
      if (held.earlier && !sent.get(key)?.earlier) again = true; // a sheet was laid out while it was on its way
      else outbox.delete(key);
    }
    if (again) { clearTimeout(timer); timer = setTimeout(keep, 0); }
    mirror();
    if (answer.section !== draft.section || answer.number === undefined) return;
    const place = bases.findIndex((one) => one.number === answer.number);
    if (answer.kept && place > 0) bases.splice(0, place);
    if (answer.number < number) return; // more was typed since
    if (!outbox.size) clearTimeout(timer);
    similarity = answer.similarity;
    marked(answer.remarks);
    told(answer.state);
    beside();
  }

  // Nothing can be typed inside a figure: a cursor that was put there stands behind it.
  function leave() {
    const selection = getSelection();
    const figure = selection.isCollapsed && selection.anchorNode?.parentElement?.closest("#draft-text .figure");
    if (!figure) return;
    behind(figure);
  }

  function behind(figure) {
    const place = document.createRange(), selection = getSelection();
    place.setStartAfter(figure);
    selection.removeAllRanges();
    selection.addRange(place);
  }

  // A figure from the list beside the draft, where the cursor was.
  function put(text, source) {
    if (!draft.open) return;
    paper.focus();
    const selection = getSelection();
    if (!paper.contains(selection.anchorNode)) { selection.selectAllChildren(paper); selection.collapseToEnd(); }
    leave();
    if (!paper.children.length) document.execCommand("insertParagraph");
    const figure = chip(text, source), place = selection.getRangeAt(0);
    place.deleteContents();
    place.insertNode(figure); // execCommand would put it behind the paragraph
    behind(figure);
    typed();
  }

  function show(start, end) {
    const { nodes } = read();
    if (!nodes.length) return;
    const found = range(nodes, start, end);
    paper.focus({ preventScroll: true });
    getSelection().removeAllRanges();
    getSelection().addRange(found);
    found.startContainer.parentElement.scrollIntoView({ block: "center" });
  }

  function open(element, triggers, given, watch) {
    [trigger, props, draft] = [triggers, given, {}]; // a page that is drawn anew shows its value anew
    [paper, gutter] = [element.querySelector(".paper"), element.querySelector(".gutter")];
    document.execCommand("defaultParagraphSeparator", false, "p");
    paper.addEventListener("input", typed);
    paper.addEventListener("focus", () => {
      if (draft.open && !paper.firstChild) { const first = make("p"); first.append(document.createElement("br")); paper.append(first); }
    });
    paper.addEventListener("blur", keep);
    paper.addEventListener("click", leave);
    paper.addEventListener("beforeinput", (event) => {
      if (event.inputType === "insertLineBreak") { event.preventDefault(); document.execCommand("insertParagraph"); }
      if (event.inputType.startsWith("format")) event.preventDefault();
    });
    const plain = (event, data) => { event.preventDefault(); document.execCommand("insertText", false, data.getData("text/plain").trim()); };
    paper.addEventListener("paste", (event) => plain(event, event.clipboardData));
    paper.addEventListener("drop", (event) => event.preventDefault());
    new ResizeObserver(beside).observe(paper);
    known(() => {
      root = element;
      recovered();
      watch("value", render);
      watch("said", said);
      render();
    });
  }

  const begin = () => known(remind);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin); else begin();
  // To the printed page, at the paragraph in which the cursor stands.
  document.addEventListener("mousedown", (event) => { if (event.target.closest?.("#draft-text .printed")) event.preventDefault(); });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("#draft-text .printed")) return;
    const at = getSelection().anchorNode, line = [...paper.children].find((one) => one.contains(at));
    gongkai.report.printed(draft.section, line?.textContent ?? "");
  });
  addEventListener("beforeunload", (event) => { if (unsent()) { keep(); event.preventDefault(); } });
  document.addEventListener("click", (event) => {
    const figure = event.target.closest?.("#draft-basis [data-put]"), place = event.target.closest?.("#draft-remarks [data-start]");
    if (figure) put(figure.dataset.put, figure.title);
    if (place) show(+place.dataset.start, +place.dataset.end);
  });
  // A click on the list must not take the cursor out of the draft.
  document.addEventListener("mousedown", (event) => { if (event.target.closest?.("#draft-basis [data-put]")) event.preventDefault(); });
  function messages(...more) {
    outbox.forEach((one, key) => sent.set(key, { ...one }));
    return JSON.stringify([...outbox.values(), ...more]);
  }

  return { open, at, section: () => draft.section, unsent, flushed, typed: () => messages(), asked: () => messages(asked) };
})() });
