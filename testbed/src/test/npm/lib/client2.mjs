import io from "socket.io-client-2";
import { within } from "./check.mjs";
import { EIO3_URL } from "./env.mjs";

/** How clients of version 2 connect, by the names that checks use. */
export const WAYS = {
  polling: { transports: ["polling"] },
  "polling without bytes": { transports: ["polling"], forceBase64: true },
  websocket: { transports: ["websocket"] },
  "websocket without bytes": { transports: ["websocket"], forceBase64: true },
  upgrade: { transports: ["polling", "websocket"] },
};

/** A client of version 2 that neither shares its connection nor reconnects. */
export function client2(way, { base = EIO3_URL, nsp = "/", ...options } = {}) {
  return io(`${base}${nsp}`, { path: "/socket.io/", forceNew: true, reconnection: false, ...WAYS[way], ...options });
}

/** The same, connected and, where asked for, upgraded. */
export async function connected2(way, options) {
  const socket = client2(way, options);
  const connection = new Promise((resolve, reject) => {
    socket.once("connect", resolve);
    for (const failure of ["error", "connect_error"]) socket.once(failure, reject);
  });
  const upgrade = new Promise((resolve) => socket.io.engine.once("upgrade", resolve));
  try {
    await within(Promise.all([connection, way === "upgrade" && upgrade]), 5000, `connection by ${way}`);
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}
