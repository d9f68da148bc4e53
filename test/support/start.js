// What stands before the first test: the program as it is installed, a PostgreSQL, and an empty bank of each kind.
const { randomInt } = require("node:crypto");

module.exports = async function start() {
  process.env.SEED ??= String(randomInt(2 ** 31));
  process.stderr.write(`SEED=${process.env.SEED}\n`);
  await require("./build")();
  await require("./postgres")();
  await require("./templates")();
};
