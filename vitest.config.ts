import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// The SDK's warning about Node 20 helps nobody here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// Every Node.js process would read all of these certificates as it starts, and no test leaves this machine.
delete process.env.NODE_EXTRA_CA_CERTS;

/**
 * What takes a minute a file, since it deploys again and again, or mostly waits: `npm run test:long`, a job of its own in
 * CI.
 */
const long = [
  'tests/browser/channels.test.ts',
  'tests/browser/comes-back.test.ts',
  'tests/browser/console.test.ts',
  'tests/browser/console-stranger.test.ts',
  'tests/browser/dead-socket.test.ts',
  'tests/browser/gameday.test.ts',
  'tests/cli/open.test.ts',
  'tests/sandbox/lambda/unconfined.test.ts',
  'checker/prove/serial-synthesizer.test.ts',
  'sandbox/account/idle-memory.test.ts',
  'tests/checker/changed-by-hand.test.ts',
  'tests/checker/changed-by-hand-later.test.ts',
  'tests/checker/drift.test.ts',
  'tests/checker/false-messages.test.ts',
  'tests/checker/lab-02.test.ts',
  'tests/checker/lab-03.test.ts',
  'tests/checker/lab-04.test.ts',
  'tests/checker/lab-08.test.ts',
  'tests/checker/lab-09.test.ts',
  'tests/checker/lab-11.test.ts',
  'tests/checker/least-policy.test.ts',
  'tests/checker/log-invocations.test.ts',
  'tests/checker/no-capacity.test.ts',
  'tests/checker/other-stacks.test.ts',
  'tests/checker/remembered-token.test.ts',
  'tests/checker/table-v2.test.ts',
  'tests/checker/thrown.test.ts',
  'tests/cli/broken-stack.test.ts',
  'tests/cli/cdk.test.ts',
  'tests/cli/damage.test.ts',
  'tests/cli/gameday.test.ts',
  'tests/cli/handler-lab.test.ts',
  'tests/cli/instructors.test.ts',
  'tests/cli/new-lab.test.ts',
  'tests/cli/own-labs.test.ts',
  'tests/cli/smoke.test.ts',
  'tests/cli/start.test.ts',
  'tests/cli/trace.test.ts',
  'tests/cli/two-deployments.test.ts',
  'tests/cli/update.test.ts',
  'tests/cli/use.test.ts',
  'tests/faults/{deploy,destroy,foreign-port}.test.ts',
  'tests/faults/lab-*.test.ts',
  'tests/load/*.test.ts',
  'tests/pty/*.test.ts',
  'tests/sandbox/stalls*.test.ts',
  'tests/sandbox/weather/gateway.test.ts',
];

// The pages of the docs are run by `npm run docs:test`. `vitest run --mode long` runs what is long and nothing else.
export default defineConfig(({ mode }) => ({
  test: {
    include: mode === 'long' ? long : ['**/*.test.ts'],
    exclude: [
      'node_modules/**',
      'dist/**',
      '.lab/**',
      'checker/new-lab/template/**',
      'docs/test/*page*.test.ts',
      ...(mode === 'long' ? [] : long),
    ],
    // Modules here keep no state but caches, so the files of a worker share what they import: half the time.
    isolate: false,
    // Many tests wait for processes of their own, so they get two workers more than there are cores. By default, Vitest has
    // one worker fewer than cores.
    maxWorkers: availableParallelism() + 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
}));
