// jest's own circus, on Node's own `require`. What a suite imports from src, drizzle and node_modules is loaded once in a
// worker and stays; the files under test are loaded for each suite, since some register hooks or keep a bank. jest's
// transform reads them all, with its cache on the disk and its source maps.
const { createScriptTransformer } = require("@jest/transform");
const hooks = require("node:async_hooks");
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join, sep } = require("node:path");
const { default: circus } = require("jest-circus/runner");

/** Not among jest-circus' exports; it keeps a suite's tests, so each suite gets a fresh one. */
const initializer = join(dirname(require.resolve("jest-circus/runner")), "jestAdapterInit.js");
const tests = join(__dirname, "../..") + sep;

/** What became of each file that was read: the stack of an error tells its lines by this. */
const sourceMaps = new Map();
let hooked;

module.exports = async function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  hooked ??= hook(config);
  await hooked;
  for (const path of Object.keys(require.cache))
    if (path === initializer || (path.startsWith(tests) && !path.endsWith(".js"))) forget(path);
  for (const key of Object.getOwnPropertySymbols(globalThis))
    if (["EVENT_HANDLERS", "JEST_STATE_SYMBOL"].includes(key.description)) delete globalThis[key];
  for (const [path, map] of sourceMaps) runtime.getSourceMaps().set(path, map);

  const native = Object.create(runtime, {
    requireInternalModule: { value: (path) => (path === initializer ? initialized() : require(path)) },
    requireModule: { value: (path) => require(path) },
    setGlobalsForRuntime: {
      value: (globals) => {
        runtime.setGlobalsForRuntime(globals);
        globalThis.jest = runtime.requireModuleOrMock(testPath, "@jest/globals").jest;
        reading = runtime;
      },
    },
  });
  return circus(globalConfig, config, environment, native, testPath, sendMessageToJest);
};

let reading;

/**
 * The initializer makes a storage of its own for what a test is about, and each storage that was ever used is looked at by
 * every promise from then on: after 90 suites a promise took 60 times as long. All suites of a worker share one.
 */
let storage;
function initialized() {
  const { AsyncLocalStorage } = hooks;
  storage ??= new AsyncLocalStorage();
  hooks.AsyncLocalStorage = function shared() {
    return storage;
  };
  try {
    return require(initializer);
  } finally {
    hooks.AsyncLocalStorage = AsyncLocalStorage;
  }
}

async function hook(config) {
  const transformer = await createScriptTransformer(config, new Map());
  const options = {
    isInternalModule: false,
    supportsDynamicImport: false,
    supportsExportNamespaceFrom: false,
    supportsStaticESM: false,
    supportsTopLevelAwait: false,
    coverageProvider: "babel",
    collectCoverage: false,
    collectCoverageFrom: [],
  };
  const load = (module, path) => {
    const { code, sourceMapPath } = transformer.transform(path, options, readFileSync(path, "utf8"));
    if (sourceMapPath) {
      sourceMaps.set(path, sourceMapPath);
      reading?.getSourceMaps().set(path, sourceMapPath);
    }
    module._compile(code, path);
  };
  Module._extensions[".ts"] = load;
  Module._extensions[".tsx"] = load;
}

/** Node remembers a module in its parent, too, who would keep it alive for ever. */
function forget(path) {
  const { [path]: module } = require.cache;
  delete require.cache[path];
  const children = module?.parent?.children;
  if (children?.includes(module)) children.splice(children.indexOf(module), 1);
}
