import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The part of `aws-cdk-lib/aws-lambda-nodejs/lib/package-manager.js` that chooses the bundling program. */
interface PackageManager {
  prototype: { runBinCommand(bin: string): string[] };
}

/**
 * Lets NodejsFunction call esbuild's own binary in this process. Otherwise it asks `npx` for it, which costs 0.35 s per
 * function and finds the same program.
 */
export function callEsbuildDirectly(root: string): void {
  const require = createRequire(join(root, 'package.json'));
  const binary = esbuildBinary(require);
  const manager = packageManager(require);
  // Without them it is slower, but works as well.
  if (binary === undefined || manager === undefined) return;
  const { runBinCommand } = manager.prototype;
  manager.prototype.runBinCommand = function (bin) {
    return bin === 'esbuild' ? [binary] : runBinCommand.call(this, bin);
  };
}

/** By its path: the library doesn't export it, and another version may have it elsewhere. */
function packageManager(require: NodeJS.Require): PackageManager | undefined {
  try {
    const library = dirname(require.resolve('aws-cdk-lib/package.json'));
    const path = join(library, 'aws-lambda-nodejs', 'lib', 'package-manager.js');
    return (require(path) as { PackageManager: PackageManager }).PackageManager;
  } catch {
    return undefined;
  }
}

/**
 * Returns the path of esbuild's own program, if it is installed. Its package for this system contains it:
 * https://esbuild.github.io/getting-started/#install-esbuild
 */
export function esbuildBinary(require: NodeJS.Require): string | undefined {
  const file = process.platform === 'win32' ? 'esbuild.exe' : 'bin/esbuild';
  try {
    const esbuild = createRequire(require.resolve('esbuild/package.json'));
    return esbuild.resolve(`@esbuild/${process.platform}-${process.arch}/${file}`);
  } catch {
    return undefined;
  }
}
