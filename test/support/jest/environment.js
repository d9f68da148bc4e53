// The world a suite runs in. jest's own environment is a fresh VM context, in which every suite loads the whole program
// anew: 1.4 s each time. Here it is the worker itself, as in production: one realm, in which what is loaded stays loaded
// (test/support/jest/runner.js). What a suite may leave behind in the process is put back when it ends.
const { ModernFakeTimers } = require("@jest/fake-timers");
const { ModuleMocker } = require("jest-mock");
const fc = require("fast-check");

// Properties are tried with what the run's seed draws: start.js prints it, and SEED=… draws the same again.
fc.configureGlobal({ seed: Number(process.env.SEED) });

module.exports = class SharedEnvironment {
  constructor({ projectConfig: config }) {
    // What a dependency says it will take away fails a test now, not at the next upgrade.
    process.throwDeprecation = true;
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimersModern = new ModernFakeTimers({ config, global: globalThis });
    this.before = { env: { ...process.env }, exit: process.exit, exitCode: process.exitCode };
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    const { env, exit, exitCode } = this.before;
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    for (const [name, value] of Object.entries(env)) if (process.env[name] !== value) process.env[name] = value;
    // jest wraps `exit` for each suite.
    process.exit = exit;
    process.exitCode = exitCode;
  }

  /** There is none, and nothing asks for it: the runner loads with Node's own `require`. */
  getVmContext() {
    return null;
  }
};
