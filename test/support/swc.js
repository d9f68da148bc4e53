/** Decorators and `<T>` casts are TypeScript's; pages are written in TSX for preact. For jest, and for test/support/build. */
module.exports = (tsx) => ({
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
});
