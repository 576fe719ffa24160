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
  // A session that is over: what was made is kept, so that the form is all there is to show.
  const asked = window.fetch;
  window.fetch = async (...request) => {
    const answer = await asked(...request);
    if (answer.status === 401) location.assign("signin");
    return answer;
  };
})();
