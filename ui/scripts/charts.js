// A chart as a picture for a document: twice the size, on white, whatever the page's colours.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-save]");
  const drawn = button?.closest("figure").querySelector("svg");
  if (!drawn) return;
  const picture = new Image(), sheet = document.createElement("canvas");
  const { width, height } = drawn.viewBox.baseVal;
  [sheet.width, sheet.height] = [width * 2, height * 2];
  picture.onload = () => {
    sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
    const link = document.createElement("a");
    Object.assign(link, { href: sheet.toDataURL("image/png"), download: `${button.dataset.save}.png` }).click();
  };
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawn))}`;
});
