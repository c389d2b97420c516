#!/usr/bin/env node
// The `lab` command: runs the bundle in dist/, and makes it anew first when a source is newer.
import './node-version.mjs';

// The SDK warns about Node 20 at every start; a learner can do nothing about it here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

try {
  const { isStale } = await import('./stale.mjs');
  if (isStale()) {
    const { build } = await import('./build.mjs');
    await build();
  }
  await import(new URL('../../dist/lab.js', import.meta.url).href);
} catch (error) {
  // Also where the bundle is to be made of one: esbuild names it.
  const unresolved = error?.errors?.some(({ text }) => /^Could not resolve "[^."]/.test(text)) === true;
  const missing = error?.code === 'ERR_MODULE_NOT_FOUND' || unresolved;
  console.error(missing ? 'The packages of the workshop are not installed.' : (error?.stack ?? error));
  console.error(missing ? 'Run `npm ci` in its folder.' : 'The lab command could not be started.');
  process.exit(3);
}
