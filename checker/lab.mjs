#!/usr/bin/env node
// The `lab` command: runs the bundle in dist/, and makes it anew first when a source is newer.
// This file is plain JavaScript that also an old Node can read, so that it can say that it is too old.

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 11)) {
  console.error(`The workshop needs Node.js 20.11 or newer; this is ${process.version}.`);
  console.error('Install a newer one from https://nodejs.org and run the command again.');
  process.exit(3);
}

// The SDK warns about Node 20 at every start; a learner can do nothing about it here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

try {
  const { isStale } = await import('./stale.mjs');
  if (isStale()) {
    const { build } = await import('./build.mjs');
    await build();
  }
} catch (error) {
  const missing = error?.code === 'ERR_MODULE_NOT_FOUND';
  console.error(missing ? 'The packages of the workshop are not installed.' : (error?.stack ?? error));
  console.error(missing ? 'Run `npm ci` in its folder.' : 'The lab command could not be built.');
  process.exit(3);
}
await import(new URL('../dist/lab.js', import.meta.url).href);
