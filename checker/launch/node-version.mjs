// Ends the program under an unsupported Node.js: the tests' packages need 20.19 or 22.12, and none supports 21. Plain
// JavaScript that old versions can read, too. Its importers load everything else afterward, with `import()`.

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12)) {
  console.error(`The workshop needs Node.js 20 (20.19 or later), or 22.12 or later; this is ${process.version}.`);
  console.error('Install Node.js 24 from https://nodejs.org and run the command again.');
  process.exit(3);
}
