function url(name, fallback) {
  return (process.env[name] ?? fallback).replace(/\/$/, "");
}

function nextPort(base) {
  const next = new URL(base);
  next.port = String(Number(next.port || 80) + 1);
  return next.href.replace(/\/$/, "");
}

export const ENGINE_URL = url("ENGINE_URL", "http://localhost:3000");
export const SOCKET_URL = url("SOCKET_URL", "http://localhost:3000");
export const CONFORMANCE_URL = url("CONFORMANCE_URL", "http://localhost:3000");
/** The conformance app with the MessagePack parser. */
export const MSGPACK_URL = url("MSGPACK_URL", CONFORMANCE_URL);
/** The conformance app, which takes clients of version 2 here. */
export const EIO3_URL = url("EIO3_URL", CONFORMANCE_URL);
/** The reference server which we are compared with. */
export const REFERENCE_URL = url("REFERENCE_URL", "http://localhost:3000");
/** A proxy in front of two servers. */
export const PROXIED_URL = url("PROXIED_URL", "https://localhost");
export const RECOVERY_URL = url("RECOVERY_URL", nextPort(CONFORMANCE_URL));

export const TRANSPORTS = ["polling", "websocket", "upgrade"];

/** The options of the conformance app. */
export const PING_INTERVAL_MS = 1000;
export const PING_TIMEOUT_MS = 2000;
export const MAX_PAYLOAD = 1_000_000;
