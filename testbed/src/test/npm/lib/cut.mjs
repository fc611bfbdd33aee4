import { connect, createServer } from "node:net";
import { once } from "node:events";

/** A way to a server whose connections can be cut, all at once and without a word. */
export class CuttableWay {
  static async to(base) {
    const { hostname, port } = new URL(base);
    const way = new CuttableWay(() => connect(Number(port), hostname));
    way.server.listen(0, "127.0.0.1");
    await once(way.server, "listening");
    return way;
  }

  constructor(dial) {
    this.open = new Set();
    this.server = createServer((near) => {
      const far = dial();
      for (const [from, to] of [[near, far], [far, near]]) {
        this.open.add(from);
        from.pipe(to);
        from.on("error", () => {});
        from.on("close", () => (this.open.delete(from), to.destroy()));
      }
    });
  }

  get base() {
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  cut() {
    for (const socket of this.open) socket.destroy();
  }

  close() {
    this.cut();
    this.server.close();
  }
}
