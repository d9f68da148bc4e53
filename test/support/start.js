// What stands before the first test: the program as it is installed, and a PostgreSQL.
module.exports = async function start() {
  await require("./build")();
  await require("./postgres")();
};
