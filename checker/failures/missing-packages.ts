import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from './errors.ts';

/** The remedy for missing packages. */
export const installThem = "Run `npm ci` in the workshop's folder.";

/**
 * Returns the packages that the workshop needs and that aren't installed: `npm ci` was interrupted, or not run after an
 * update.
 */
export function missingPackages(root: string): string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  return Object.keys(dependencies).filter((name) => !existsSync(join(root, 'node_modules', name)));
}

/** Explains a failure to find a module if packages of the workshop are missing; undefined for any other error. */
export function missingPackage(root: string, text: string): LabError | undefined {
  if (!/Cannot find (package|module) |ERR_MODULE_NOT_FOUND|Could not resolve /.test(text)) return undefined;
  const missing = missingPackages(root);
  if (missing.length === 0) return undefined;
  const names =
    missing.length > 3 ? `${missing.slice(0, 3).join(', ')} and ${missing.length - 3} more` : missing.join(', ');
  return new LabError(`These packages of the workshop aren't installed: ${names}.`, installThem);
}
