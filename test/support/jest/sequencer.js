// The longest suites begin first, so that no worker is left with one of them when the others are done. jest knows how long each
// took only after it has run them once on a machine, and before that goes by the sizes of the files.
const { default: Sequencer } = require("@jest/test-sequencer");

const longest = [
  "stories/demo",
  "faults/away",
  "web/elders",
  "cli/cli",
  "regressions/rooms",
  "faults/process",
  "web/browser",
  "graphql/permissions",
  "cli/package",
  "regressions/echoes",
  "regressions/readers",
  "web/office",
  "graphql/hostile",
  "contract/store",
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const index = longest.findIndex((name) => path.endsWith(`/${name}.test.ts`));
      return index === -1 ? longest.length : index;
    };
    return super.sort(tests).sort((a, b) => place(a) - place(b));
  }
};
