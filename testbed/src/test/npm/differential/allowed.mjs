/** Differences in every transcript: what the reference says that we never say. */
export const EVERYWHERE = [
  {
    scripts: /^(?!cors: |websocket handshake: )/,
    reference: /; access-control-allow-credentials: true; access-control-allow-origin: http:\/\/app\.example/g,
    why: "We allow an origin only to who asks with it; the reference names the one allowed origin in every answer.",
  },
];

export const ALLOWED = [];
