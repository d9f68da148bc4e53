// What stands before the first test: the program as it is installed, a PostgreSQL, and an empty bank of each kind.
module.exports = async function start() {
  await require("./build")();
  await require("./postgres")();
  await require("./templates")();
};
