export function port() {
  return Number(process.env.PORT ?? 3000);
}

export function recoveryPort() {
  return Number(process.env.RECOVERY_PORT ?? port() + 1);
}

/** Starts the servers on 127.0.0.1, then prints the one line that says that the app listens. */
export async function listen(name, servers) {
  for (const [server, number] of servers) {
    await new Promise((resolve, reject) => server.once("error", reject).listen(number, "127.0.0.1", resolve));
  }
  console.log(`${name} listens on ${servers.map(([, number]) => number).join(" and ")}`);
}
