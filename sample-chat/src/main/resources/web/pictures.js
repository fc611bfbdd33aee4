const TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
// A polling request carries binary as base64, a third more, and must stay below the server's million bytes.
const MAX_BYTES = 640_000;
const MAX_SOURCE_BYTES = 40_000_000;
const SIDES = [2048, 1600, 1200, 900, 640];
const QUALITIES = [0.86, 0.72];
const MAX_NAME = 80;

/** Makes a file what the server takes: {name, type, data}. Small pictures go untouched, others are drawn again, smaller. */
export async function prepare(file) {
  const name = shorten(file.name || "picture");
  if (file.size > MAX_SOURCE_BYTES) throw new Error(`${name} is too large.`);
  if (TYPES.includes(file.type) && file.size > 0 && file.size <= MAX_BYTES) {
    return { name, type: file.type, data: await file.arrayBuffer() };
  }
  const image = await decode(file, name);
  const blob = await shrink(image);
  if (!blob) throw new Error(`${name} could not be made small enough.`);
  return { name: rename(name, blob.type), type: blob.type, data: await blob.arrayBuffer() };
}

async function decode(file, name) {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } catch {
    throw new Error(`${name} is not a picture that this browser can read.`);
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function shrink(image) {
  const longest = Math.max(image.naturalWidth, image.naturalHeight) || SIDES[0];
  for (const side of SIDES) {
    const canvas = draw(image, Math.min(1, side / longest));
    for (const quality of QUALITIES) {
      const blob = await encode(canvas, quality);
      if (blob && blob.size <= MAX_BYTES) return blob;
    }
  }
  return null;
}

function draw(image, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round((image.naturalWidth || SIDES[0]) * scale));
  canvas.height = Math.max(1, Math.round((image.naturalHeight || SIDES[0]) * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// A browser that cannot write WebP answers with PNG: then JPEG it is, on white since it knows no transparency.
async function encode(canvas, quality) {
  const blob = await toBlob(canvas, "image/webp", quality);
  if (blob?.type === "image/webp") return blob;
  const context = canvas.getContext("2d");
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  return toBlob(canvas, "image/jpeg", quality);
}

const toBlob = (canvas, type, quality) => new Promise((resolve) => canvas.toBlob(resolve, type, quality));

function shorten(name) {
  if (name.length <= MAX_NAME) return name;
  const ending = /\.[a-z0-9]{1,5}$/i.exec(name)?.[0] ?? "";
  return name.slice(0, MAX_NAME - ending.length) + ending;
}

const rename = (name, type) => `${name.replace(/\.[a-z0-9]{1,5}$/i, "")}.${type.slice("image/".length).replace("jpeg", "jpg")}`;

const urls = new WeakMap();

/** An address for showing the picture, the same at each call; null if it is none that the page shows. */
export function urlOf(picture) {
  if (!TYPES.includes(picture.type) || !(picture.data instanceof ArrayBuffer || ArrayBuffer.isView(picture.data))) return null;
  if (!urls.has(picture)) urls.set(picture, URL.createObjectURL(new Blob([picture.data], { type: picture.type })));
  return urls.get(picture);
}

/** Gives back what {@link urlOf} took. */
export function release(picture) {
  URL.revokeObjectURL(urls.get(picture));
  urls.delete(picture);
}

export function sizeText(bytes) {
  return bytes < 1000 ? `${bytes} B` : bytes < 1_000_000 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
