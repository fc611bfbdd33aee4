process.env.ALLOW_EIO3 = "1";
await import("./conformance.mjs");
