import { io } from "socket.io-client";
import { CONFORMANCE_URL } from "./env.mjs";
import { within } from "./check.mjs";

const CONFIGURED = {
  polling: ["polling"],
  websocket: ["websocket"],
  upgrade: ["polling", "websocket"],
};

/** An official client that neither shares its connection nor reconnects. */
export function client(transport, { base = CONFORMANCE_URL, nsp = "/", ...options } = {}) {
  return io(`${base}${nsp}`, {
    path: "/socket.io/",
    transports: CONFIGURED[transport],
    forceNew: true,
    reconnection: false,
    ...options,
  });
}

/** The same, connected and, where asked for, upgraded. */
export async function connected(transport, options) {
  const socket = client(transport, options);
  const connection = new Promise((resolve, reject) => socket.once("connect", resolve).once("connect_error", reject));
  const upgrade = new Promise((resolve) => socket.io.engine.once("upgrade", resolve));
  try {
    await within(Promise.all([connection, transport === "upgrade" && upgrade]), 5000, `connection by ${transport}`);
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}

/** The arguments of the next such event. */
export function next(emitter, event, ms = 4000) {
  const arrival = new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));
  const bounded = within(arrival, ms, event);
  bounded.catch(() => {});
  return bounded;
}

/** Emits and returns all arguments of the acknowledgement. */
export function call(socket, event, ...args) {
  const answer = new Promise((resolve) => socket.emit(event, ...args, (...values) => resolve(values)));
  return within(answer, 4000, `ack of ${event}`);
}

/** The list of first arguments of an event, in order, as they arrive. */
export function collect(socket, event) {
  const values = [];
  socket.on(event, (value) => values.push(value));
  return values;
}
