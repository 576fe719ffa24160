// What Gradio leaves to the page: its language, light or dark, and the way to the sign-in form.
(() => {
  document.documentElement.lang = "zh-CN";
  const place = new URL(location.href);
  const kept = localStorage.getItem("gongkai-shade");
  if (kept && !place.searchParams.has("__theme")) {
    place.searchParams.set("__theme", kept);
    history.replaceState(null, "", place);
  }
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".shade")) return;
    const dark = document.body.classList.toggle("dark");
    localStorage.setItem("gongkai-shade", dark ? "dark" : "light");
  });
  // The address keeps the place: the page, and of 起草 the section. A reload comes back to it.
  const turned = (page, section) => history.replaceState(null, "", `#${page}${section ? `/${section}` : ""}`);
  const section = () => document.querySelector("#section input:checked")?.value ?? "";
  const pages = () => document.querySelectorAll('#pages > .tab-wrapper [role=tab], #pages [role=tab][id^="page-"]');
  const named = (tab) => tab.id.match(/^page-([a-z]+)/)?.[1] ?? "";
  window.gongkai = Object.assign(window.gongkai ?? {}, {
    place(page, part, tries = 100) {
      const tab = [...pages()].find((one) => named(one) === page);
      const wanted = part && document.querySelector(`#section input[value="${CSS.escape(part)}"]`);
      if (tab && tab.getAttribute("aria-selected") !== "true") tab.click();
      if (wanted && !wanted.checked) wanted.click();
      if ((!tab || (part && !wanted)) && tries) setTimeout(() => gongkai.place(page, part, tries - 1), 100); // not drawn yet
    },
  });
  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.('[role=tab][id^="page-"]');
    if (tab) turned(named(tab), named(tab) === "drafts" ? section() : "");
  });
  document.addEventListener("click", (event) => {
    const way = event.target.closest?.("[data-go]")?.dataset.go.split("/"); // to another page, and there to a section
    if (way) gongkai.place(...way);
  });
  document.addEventListener("change", (event) => {
    if (event.target.closest?.("#section")) turned("drafts", event.target.value);
  });
  const [there, part] = location.hash.slice(1).split("/");
  if (there) gongkai.place(there, part);
  // A session that is over: what was made is kept, so that the form is all there is to show.
  const asked = window.fetch;
  window.fetch = async (...request) => {
    const answer = await asked(...request);
    if (answer.status === 401) location.assign("signin");
    return answer;
  };
})();
