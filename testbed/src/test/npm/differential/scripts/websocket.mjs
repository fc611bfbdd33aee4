/** Frames on a WebSocket that has joined, written below the level of messages. */
const FRAMES = [
  ["a message in fragments", (socket) => {
    socket.send('42["ec', { fin: false });
    socket.send('ho","x"]', { fin: true });
  }],
  ["binary in fragments", (socket) => {
    socket.send('451-["echo",{"_placeholder":true,"num":0}]');
    socket.send(Buffer.from([1]), { fin: false });
    socket.send(Buffer.from([2]), { fin: true });
  }],
  ["a continuation of nothing", (socket) => raw(socket, [0x80, 0x80, 0, 0, 0, 0])],
  ["a reserved bit", (socket) => raw(socket, [0xc1, 0x80, 0, 0, 0, 0])],
  ["a reserved opcode", (socket) => raw(socket, [0x83, 0x80, 0, 0, 0, 0])],
  ["a frame without a mask", (socket) => raw(socket, [0x81, 0x01, 0x34])],
  ["text that is no UTF-8", (socket) => raw(socket, [0x81, 0x82, 0, 0, 0, 0, 0x34, 0xff])],
  ["a fragmented ping", (socket) => raw(socket, [0x09, 0x80, 0, 0, 0, 0])],
  ["a ping of 126 bytes", (socket) => raw(socket, [0x89, 0xfe, 0, 126, 0, 0, 0, 0, ...Buffer.alloc(126)])],
  ["a close with code 1005", (socket) => raw(socket, [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xed])],
  ["a close with one byte", (socket) => raw(socket, [0x88, 0x81, 0, 0, 0, 0, 0x03])],
  ["a message of the largest size", (socket) => socket.send(`42["ignore","${"x".repeat(1_000_000 - 15)}"]`)],
  ["the begin of a message one byte too large", (socket) => raw(socket, [0x81, 0xff, 0, 0, 0, 0, 0, 0x0f, 0x42, 0x41, 0, 0, 0, 0])],
  ["a text message that is empty", (socket) => socket.send("")],
  ["a binary message that is empty and unannounced", (socket) => socket.send(Buffer.alloc(0))],
];

function raw(socket, bytes) {
  socket._socket.write(Buffer.from(bytes));
}

/** The WebSocket itself. */
export const websocket = [
  ...FRAMES.map(([what, send]) => ({
    id: `websocket: ${what}`,
    run: async (stage) => {
      const a = await stage.joined("a");
      send(a.line.socket);
      if (!(await a.settle())) await stage.reasonOf(a.id);
    },
  })),
  {
    id: "websocket: a ping with data is answered",
    run: async (stage) => {
      const a = await stage.joined("a");
      const pong = new Promise((resolve) => a.line.socket.once("pong", resolve));
      a.line.socket.ping("hello");
      a.note(`pong ${await pong}`);
    },
  },
].map((script) => ({ ...script, over: ["websocket", "upgrade"] }));
