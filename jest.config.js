/** @type {import("jest").Config} */
module.exports = {
  // The report that .ci/run counts from.
  reporters: ["default", ...(process.env.GOODHOURS_TEST_REPORT ? [["<rootDir>/test/support/report.js", {}]] : [])],
  globalSetup: "<rootDir>/test/support/postgres.js",
  globalTeardown: "<rootDir>/test/support/postgres-stop.js",
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: {
          parser: { syntax: "typescript", decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
          target: "es2022",
        },
        module: { type: "commonjs" },
      },
    ],
  },
  testTimeout: 60000,
  maxWorkers: 2,
};
