process.env.PARSER = "msgpack";
await import("./conformance.mjs");
