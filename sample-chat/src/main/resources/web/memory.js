// What the browser remembers: name and rooms for good, the rest for this tab.
const NAME = "sockeye-chat.name";
const ROOMS = "sockeye-chat.rooms";
const JOINED = "sockeye-chat.joined";
const IDS = "sockeye-chat.ids";
const ROOMS_KEPT = 6;
const IDS_KEPT = 50;

function read(storage, key, otherwise) {
  try {
    return JSON.parse(storage().getItem(key)) ?? otherwise;
  } catch {
    return otherwise; // switched off, or written by somebody else
  }
}

function write(storage, key, value) {
  try {
    storage().setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing still chats.
  }
}

const lasting = () => localStorage;
const ofTab = () => sessionStorage;

export const savedName = () => String(read(lasting, NAME, ""));
export const saveName = (name) => write(lasting, NAME, name);

/** Rooms of earlier visits, the latest first. */
export function savedRooms() {
  const rooms = read(lasting, ROOMS, []);
  return Array.isArray(rooms) ? rooms.filter((room) => typeof room === "string") : [];
}

export function saveRoom(room) {
  const rooms = savedRooms();
  if (!rooms.includes(room)) write(lasting, ROOMS, [room, ...rooms].slice(0, ROOMS_KEPT));
}

export function roomInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1)).trim();
  } catch {
    return "";
  }
}

export function showRoomInAddress(room) {
  if (roomInAddress() !== room) history.replaceState(null, "", `#${encodeURIComponent(room)}`);
}

/** Whether this tab was inside when it was last loaded: a reload then joins by itself. */
export const joined = () => read(ofTab, JOINED, false) === true;
export const saveJoined = (inside) => write(ofTab, JOINED, inside);

/** The ids that this tab has had; every connection brings a new one. */
const ids = new Set(read(ofTab, IDS, []));
export const isMine = (id) => ids.has(id);

export function rememberMe(id) {
  ids.add(id);
  write(ofTab, IDS, [...ids].slice(-IDS_KEPT));
}
