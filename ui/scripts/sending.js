// How HTML made by panels tells a handler which of its buttons was used: the handler's js fetches `gongkai.sent`.
window.gongkai = Object.assign(window.gongkai ?? {}, {
  sent: "",
  sends(element, trigger) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-send],[data-collect]");
      if (!button) return;
      if ("collect" in button.dataset) { // all that the form holds
        const fields = [...element.querySelectorAll("[name]")].filter((one) => one.type !== "checkbox" || one.checked);
        gongkai.sent = JSON.stringify({ ...button.dataset, values: Object.fromEntries(fields.map((one) => [one.name, one.value])) });
        return trigger("submit");
      }
      const asked = button.closest("[data-form]")?.querySelector("input");
      if (asked && "reason" in button.dataset && !asked.value.trim()) {
        asked.setCustomValidity("请写明理由");
        asked.oninput = () => asked.setCustomValidity("");
        return asked.reportValidity();
      }
      gongkai.sent = JSON.stringify({ ...button.dataset, words: asked?.value ?? "" });
      if (asked) asked.value = ""; // what is shown next may be put into the same field
      if (!button.classList.contains("shut")) gongkai.sender = button;
      trigger("submit");
    });
  },
  // What opens over the page takes the focus, and gives it back once it is shut by its button or Escape.
  opens(element, watch) {
    element.addEventListener("keydown", (event) => { if (event.key === "Escape") element.querySelector(".shut")?.click(); });
    watch("value", () => (element.querySelector(".shut") ?? gongkai.sender)?.focus({ preventScroll: true }));
  },
});
