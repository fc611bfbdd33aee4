import { byId } from "./dom.js";
import { sizeText, urlOf } from "./pictures.js";

/** Shows one picture large. */
export function view(picture) {
  const dialog = byId("viewer");
  byId("viewer-image").src = urlOf(picture);
  byId("viewer-image").alt = picture.name;
  byId("viewer-name").textContent = `${picture.name} · ${sizeText(picture.data.byteLength)}`;
  const save = byId("viewer-save");
  save.href = urlOf(picture);
  save.download = picture.name;
  dialog.showModal();
  dialog.onclick = (event) => {
    if (event.target === dialog || event.target === byId("viewer-image")) dialog.close();
  };
}
