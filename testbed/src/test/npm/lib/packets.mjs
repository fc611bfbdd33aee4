const HEAD = /^([0-6])(?:(\d+)-)?(?:(\/[^,]*),?)?(\d+)?(.*)$/s;

function extract(value, attachments) {
  if (Buffer.isBuffer(value)) return { _placeholder: true, num: attachments.push(value) - 1 };
  if (Array.isArray(value)) return value.map((element) => extract(element, attachments));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, extract(member, attachments)]));
}

function restore(value, attachments) {
  if (value === null || typeof value !== "object") return value;
  if (value._placeholder === true) return attachments[value.num];
  if (Array.isArray(value)) return value.map((element) => restore(element, attachments));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, restore(member, attachments)]));
}

/** A Socket.IO packet as Engine.IO packets: the text first, then its attachments. */
export function encode(type, { nsp = "/", id = "", data } = {}) {
  const attachments = [];
  const extracted = data === undefined ? undefined : extract(data, attachments);
  const binary = attachments.length > 0 ? { 2: 5, 3: 6 }[type] : undefined;
  const head = binary ? `4${binary}${attachments.length}-` : `4${type}`;
  const json = extracted === undefined ? "" : JSON.stringify(extracted);
  return [`${head}${nsp === "/" ? "" : `${nsp},`}${id}${json}`, ...attachments];
}

export function decodeHead(text) {
  const [, type, count, nsp, id, json] = HEAD.exec(text.slice(1)) ?? [];
  if (text[0] !== "4" || type === undefined) throw new Error(`no Socket.IO packet: ${text}`);
  return {
    raw: text,
    type: { 5: 2, 6: 3 }[type] ?? Number(type),
    count: Number(count ?? 0),
    nsp: nsp ?? "/",
    id: id === undefined ? undefined : Number(id),
    data: json === "" ? undefined : JSON.parse(json),
    attachments: [],
  };
}

export function complete(packet) {
  if (packet.count === 0) return packet;
  return { ...packet, data: restore(packet.data, packet.attachments) };
}
