// Ends the program where Node.js is too old. Plain JavaScript that also an old one can read; whoever imports it loads
// everything else afterwards, by `import()`.

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`The workshop needs Node.js 20.19 or newer; this is ${process.version}.`);
  console.error('Install a newer one from https://nodejs.org and run the command again.');
  process.exit(3);
}
