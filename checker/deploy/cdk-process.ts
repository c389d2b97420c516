import { createRequire } from 'node:module';
import { join } from 'node:path';
import { workshopRoot } from '../workshop/root.ts';

/** The CDK CLI's program, as its `bin/cdk` calls it. */
interface Cli {
  cli(): void;
}

/** The process's input: one call of the CDK CLI. */
export interface CdkCall {
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

// A process that has loaded the CDK CLI, which takes 0.8 s, and calls it once it gets the arguments.

const require = createRequire(join(workshopRoot(), 'package.json'));
process.once('disconnect', () => process.exit());
process.once('message', ({ args, folder, environment }: CdkCall) => {
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  process.argv = [process.execPath, 'cdk', ...args];
  process.chdir(folder);
  // From here the CLI alone decides when this ends, unless its parent is killed.
  process.channel?.unref();
  cli();
});
// By its path: the package doesn't export this.
const { cli } = require(join(workshopRoot(), 'node_modules', 'aws-cdk', 'lib', 'index.js')) as Cli;
