import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const GROUPS = {
  engine: { files: /^checks\/engine\./, apps: ["engine"] },
  socket: { files: /^checks\/socket\./, apps: ["socket"] },
  conformance: { files: /^checks\/conformance-/, apps: ["conformance"] },
  msgpack: { files: /^checks\/msgpack\./, apps: ["msgpack"] },
  clients: { files: /^clients\//, apps: ["engine", "socket", "conformance"] },
  recovery: { files: /^checks\/recovery\./, apps: ["conformance"] },
  crowd: { files: /^checks\/crowd\./, apps: ["conformance"], beyond: true },
  proxied: { files: /^checks\/proxied\./, apps: [], beyond: true },
  eio3: { files: /^checks\/eio3-/, apps: ["eio3"] },
  differential: { files: /^differential\/.*\.test\./, apps: ["conformance"], comparing: true },
};
const SETS = {
  all: ["engine", "socket", "conformance", "msgpack", "clients", "recovery", "eio3"],
  everything: Object.keys(GROUPS).filter((group) => !GROUPS[group].comparing && !GROUPS[group].beyond),
};
const USAGE = `usage: node run.mjs [reference] ${[...Object.keys(GROUPS), ...Object.keys(SETS)].join("|")} ...
Without "reference" the checks run against ENGINE_URL, SOCKET_URL, CONFORMANCE_URL, RECOVERY_URL, MSGPACK_URL, EIO3_URL.
"proxied" is run by DeployIT, against a proxy's PROXIED_URL.
"crowd" asks for more than the reference server does: that loses events of clients that poll.
"differential" compares with a reference server which it starts; with "reference" that is compared with a second one.
REPORTER (spec, dot, tap), CHECKS (part of a name) and CONCURRENCY (2 files at once) may be set too.`;

function testFiles(groups) {
  const files = ["checks", "clients", "differential"].flatMap((folder) => readdirSync(join(HERE, folder)).map((name) => `${folder}/${name}`));
  return files.filter((file) => file.endsWith(".mjs") && groups.some((group) => GROUPS[group].files.test(file)));
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function startReference(app) {
  const [port, recovery] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [join(HERE, "reference", `${app}.mjs`)], {
    env: { ...process.env, PORT: port, RECOVERY_PORT: recovery },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await Promise.race([
    once(createInterface(child.stdout), "line"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`${app} ended with ${code}`))),
  ]);
  const url = `http://127.0.0.1:${port}`;
  const urls = { [`${app.toUpperCase()}_URL`]: url };
  if (app === "conformance") urls.RECOVERY_URL = `http://127.0.0.1:${recovery}`;
  return { child, urls };
}

/** The reference server which ours, or another reference, is compared with. */
async function startComparison(reference) {
  const { child, urls } = await startReference("conformance");
  return { child, urls: { REFERENCE_URL: urls.CONFORMANCE_URL, DIFFERENTIAL_WITH_ITSELF: String(reference) } };
}

async function runChecks(files, urls) {
  const { REPORTER = "spec", CHECKS, CONCURRENCY = 2 } = process.env;
  const options = ["--test", `--test-concurrency=${CONCURRENCY}`, `--test-reporter=${REPORTER}`];
  if (CHECKS) options.push(`--test-name-pattern=${CHECKS}`);
  const child = spawn(process.execPath, [...options, ...files], {
    cwd: HERE,
    env: { ...process.env, ...urls },
    stdio: "inherit",
  });
  const [code] = await once(child, "exit");
  return code ?? 1;
}

async function main([...words]) {
  const reference = words[0] === "reference" && Boolean(words.shift());
  const groups = [...new Set(words.flatMap((word) => SETS[word] ?? word))];
  if (groups.length === 0 || groups.some((group) => !GROUPS[group])) {
    console.error(USAGE);
    return 2;
  }
  const apps = reference ? [...new Set(groups.flatMap((group) => GROUPS[group].apps))] : [];
  const comparing = groups.some((group) => GROUPS[group].comparing);
  const started = await Promise.all([...apps.map(startReference), ...(comparing ? [startComparison(reference)] : [])]);
  try {
    return await runChecks(testFiles(groups), Object.assign({}, ...started.map(({ urls }) => urls)));
  } finally {
    started.forEach(({ child }) => child.kill());
  }
}

process.exitCode = await main(process.argv.slice(2));
