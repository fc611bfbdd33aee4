import http from "node:http";

function answer(response, resolve, reject) {
  const chunks = [];
  response.on("data", (chunk) => chunks.push(chunk));
  response.on("error", reject);
  response.on("end", () => {
    const text = Buffer.concat(chunks).toString("utf8");
    resolve({ status: response.statusCode, headers: response.headers, text, json: () => JSON.parse(text) });
  });
}

/** One HTTP request; `signal` aborts it, a body may be text or bytes. */
export function request(url, { method = "GET", headers = {}, body, agent, signal, timeoutMs = 6000 } = {}) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "Content-Length": Buffer.byteLength(body) };
    const sent = http.request(url, { method, headers: { ...length, ...headers }, agent, signal });
    sent.setTimeout(timeoutMs, () => sent.destroy(new Error(`${method} ${url}: no answer within ${timeoutMs} ms`)));
    sent.on("error", reject);
    sent.on("response", (response) => answer(response, resolve, reject));
    sent.end(body);
  });
}

/** A POST that announces more bytes than it sends; `done` settles when the server ends it. */
export function unfinishedPost(url, begin, announced) {
  const headers = { "Content-Type": "text/plain;charset=UTF-8", "Content-Length": announced };
  const sent = http.request(url, { method: "POST", headers, agent: false });
  const done = new Promise((resolve) => {
    sent.on("response", (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", () => resolve("dropped"));
    sent.on("close", () => resolve("dropped"));
  });
  sent.write(begin);
  return { done, finish: (rest) => sent.end(rest), close: () => sent.destroy() };
}
