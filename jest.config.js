/** Decorators and `<T>` casts are TypeScript's; pages are written in TSX for preact. */
const swc = (tsx) => [
  "@swc/jest",
  {
    jsc: {
      parser: { syntax: "typescript", decorators: true, tsx },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: false,
        useDefineForClassFields: false,
        ...(tsx && { react: { runtime: "automatic", importSource: "preact" } }),
      },
      target: "es2022",
    },
    module: { type: "commonjs" },
  },
];

/** @type {import("jest").Config} */
module.exports = {
  // The report that .ci/run counts from.
  reporters: ["default", ...(process.env.GOODHOURS_TEST_REPORT ? [["<rootDir>/test/support/report.js", {}]] : [])],
  globalSetup: "<rootDir>/test/support/start.js",
  globalTeardown: "<rootDir>/test/support/postgres-stop.js",
  testEnvironment: "node",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: { "^.+\\.ts$": swc(false), "^.+\\.tsx$": swc(true) },
  testTimeout: 60000,
  maxWorkers: 2,
};
