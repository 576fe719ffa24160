// 对话: lead to the latest question, keep the keyboard's place, copy, and know what was open in this tab.
(() => {
  window.openedBefore = sessionStorage.getItem("gongkai-conversation") ?? ""; // before the empty page is drawn
  let shown, following = true; // the newest turn; whether the conversation goes along with it as it grows
  let was = 0, high = 0; // where the conversation stood, and how high it was
  let picked = null; // the button that was used last outside an article, by what it stands for
  let moved = false; // an article was asked for that takes the keyboard's place when it comes
  const narrow = () => matchMedia("(max-width:640px)").matches;
  const again = () => picked && document.querySelector(`:is(#conversation, #cited, #found) [data-pick="${CSS.escape(picked)}"]`);

  const copied = async (text) => {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    const area = Object.assign(document.createElement("textarea"), { value: text }); // a workbench in the office's own network
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-pick],[data-copy],[data-return]");
    if (!button) return;
    if ("copy" in button.dataset) {
      const label = button.textContent;
      await copied(button.dataset.copy);
      button.textContent = "已复制";
      setTimeout(() => (button.textContent = label), 1500);
    } else if ("return" in button.dataset) {
      (again() || document.querySelector(button.closest("#look-up") ? "#words :is(input, textarea)" : "#question textarea"))?.focus();
    } else if (button.closest(".opened-article")) {
      moved = true;
    } else if (button.closest("#talk, #look-up")) {
      [picked, moved] = [button.dataset.pick, /^(cite|found):/.test(button.dataset.pick)];
      if (picked.startsWith("edit:")) setTimeout(() => document.querySelector("#question textarea")?.focus(), 400);
    }
  });
  // A file dropped on the conversation or the composer is a file beside the question.
  const over = (event) => event.target.closest?.("#talk-side") && event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => { if (over(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!over(event)) return;
    event.preventDefault();
    const input = document.getElementById("attach")?.parentElement.querySelector("input[type=file]");
    if (!input || !event.dataTransfer.files.length) return;
    const one = new DataTransfer(); // one at a time, as by the button
    one.items.add(event.dataTransfer.files[0]);
    input.files = one.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest?.("#cited, #opened")) again()?.focus();
  });

  const drawn = (region) => {
    const log = region.querySelector(".log");
    if (!log) return;
    if (log.dataset.conversation) sessionStorage.setItem("gongkai-conversation", log.dataset.conversation);
    else sessionStorage.removeItem("gongkai-conversation");
    if (document.activeElement === document.body && picked?.startsWith("like:")) again()?.focus();
    const latest = [...log.querySelectorAll("[data-turn]")].at(-1)?.dataset.turn;
    if (latest !== shown) [shown, following] = [latest, true];
    if (following) region.scrollTop = region.scrollHeight;
    [was, high] = [region.scrollTop, region.scrollHeight];
  };
  // Whoever scrolls up reads on unmoved; a region that was drawn lower for a moment is nobody's doing.
  const scrolled = (region) => {
    if (region.scrollHeight - region.scrollTop - region.clientHeight < 24) following = true;
    else if (region.scrollTop < was && region.scrollHeight >= high) following = false;
    [was, high] = [region.scrollTop, region.scrollHeight];
  };
  const opened = (region) => {
    const article = moved && region.querySelector(".opened-article");
    if (!article) return;
    moved = false;
    article.focus({ preventScroll: true });
    if (narrow()) article.scrollIntoView();
    else article.querySelector("mark")?.scrollIntoView({ block: "nearest" });
  };

  const regions = { conversation: drawn, cited: opened, opened };
  new MutationObserver((_, observer) => {
    for (const [id, look] of Object.entries(regions)) {
      const region = document.getElementById(id);
      if (!region) continue;
      delete regions[id];
      new MutationObserver(() => look(region)).observe(region, { childList: true, subtree: true });
      if (id === "conversation") region.addEventListener("scroll", () => scrolled(region));
      look(region);
    }
    if (!Object.keys(regions).length) observer.disconnect();
  }).observe(document.documentElement, { childList: true, subtree: true });

  window.saveText = (made) => {
    const [name, text] = JSON.parse(made);
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text])), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
})();
