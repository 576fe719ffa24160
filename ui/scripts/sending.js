// How HTML made by panels tells a handler which of its buttons was used: the handler's js fetches `gongkai.sent`.
window.gongkai = Object.assign(window.gongkai ?? {}, {
  sent: "",
  sends(element, trigger) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-send]");
      if (!button) return;
      const asked = button.closest("[data-form]")?.querySelector("input");
      if (asked?.required && !asked.value.trim()) return asked.reportValidity();
      gongkai.sent = JSON.stringify({ ...button.dataset, words: asked?.value ?? "" });
      trigger("submit");
    });
  },
});
