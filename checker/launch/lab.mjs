#!/usr/bin/env node
// The `lab` command: runs the bundle in dist/, and rebuilds it first if a source is newer.
import './node-version.mjs';

// The SDK warns about Node 20 at every start; learners can't do anything about that here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// The last resort: nothing is left that could wake the command, and it has no result. Node.js would exit with 0, or
// silently with 13.
process.once('beforeExit', () => {
  if (process.exitCode !== undefined) return;
  console.error('The command stopped without a result: something it was waiting for never answered.');
  console.error(
    'Run it again. If it stops again, please open an issue with the command and what `npx lab doctor` prints.',
  );
  process.exitCode = 3;
});

let isBuilding = false;

try {
  const { compiled, isStale } = await import('./stale.mjs');
  if (isStale()) {
    const { build } = await import('./build.mjs');
    isBuilding = true;
    await build();
    isBuilding = false;
  }
  const { enableCompileCache } = await import('node:module');
  // Node.js 20 has no such cache. Child processes, such as the CDK CLI, inherit the variable.
  process.env.NODE_COMPILE_CACHE ||= compiled;
  enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
  await import(new URL('../../dist/lab.js', import.meta.url).href);
} catch (error) {
  // Also if the missing package is needed for the build: esbuild names it.
  const unresolved = error?.errors?.some(({ text }) => /^Could not resolve "[^."]/.test(text)) === true;
  for (const line of inWords(error, error?.code === 'ERR_MODULE_NOT_FOUND' || unresolved)) console.error(line);
  process.exit(3);
}

function inWords(error, isMissing) {
  if (isMissing) return ["The workshop's packages aren't installed.", 'Run `npm ci` in its folder.'];
  if (isBuilding && ['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(error?.code)) {
    return [
      `The sources are newer than dist/, which can't be rebuilt: ${error.message}`,
      'Make the folder writable, or free space on its disk, and run the command again.',
    ];
  }
  return [error?.stack ?? error, "The lab command couldn't be started."];
}
