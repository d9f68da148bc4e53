const swc = require("./test/support/swc");

/** @type {import("jest").Config} */
module.exports = {
  // The report that .ci/run counts from.
  reporters: ["default", ...(process.env.GOODHOURS_TEST_REPORT ? [["<rootDir>/test/support/report.js", {}]] : [])],
  globalSetup: "<rootDir>/test/support/start.js",
  globalTeardown: "<rootDir>/test/support/postgres-stop.js",
  testEnvironment: "<rootDir>/test/support/jest/environment.js",
  testRunner: "<rootDir>/test/support/jest/runner.js",
  testSequencer: "<rootDir>/test/support/jest/sequencer.js",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: { "^.+\\.ts$": ["@swc/jest", swc(false)], "^.+\\.tsx$": ["@swc/jest", swc(true)] },
  testTimeout: 60000,
  // Two keep two cores busy while a third waits for a process, the browser or PostgreSQL.
  maxWorkers: 3,
};
