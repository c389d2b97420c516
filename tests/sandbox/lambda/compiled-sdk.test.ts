import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { functionPackages, packagesFolder } from '../../../sandbox/services/lambda/runtime/sdk-packages.ts';
import { startTestAccount, type TestAccount } from '../../account.ts';
import { functionsOf, makeRole } from './functions.ts';

const compiled = [
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/client-apigatewaymanagementapi',
  '@aws-sdk/lib-dynamodb',
  '@aws-sdk/util-dynamodb',
];

describe('the compiled SDK', () => {
  let account: TestAccount;
  let functions: ReturnType<typeof functionsOf>;

  beforeAll(async () => {
    account = await startTestAccount();
    functions = functionsOf(account, await makeRole(account));
  });
  afterAll(() => account.close());

  it.each(['import', 'require'])('exports what its packages export, by the same names, through %s', async (way) => {
    const names = `const names = (sdk) => Object.entries(sdk).map(([key, value]) => [key, value?.name]).sort();`;
    const list = compiled.map((name) => `await import('${name}')`).join();
    await functions.create(`names-${way}`, {
      [way === 'import' ? 'index.mjs' : 'index.js']:
        way === 'import'
          ? `${names} const sdks = [${list}]; export const handler = async () => sdks.map(names);`
          : `${names} const sdks = [${list.replaceAll('await import', 'require')}];
             exports.handler = async () => sdks.map(names);`,
    });
    const { result } = await functions.invoke(`names-${way}`);
    const require = createRequire(join(packagesFolder(), '..', 'package.json'));
    for (const [index, name] of compiled.entries()) {
      const own = Object.entries(require(name) as Record<string, { name?: string }>);
      const expected = own.map(([key, value]) => [key, value?.name ?? null]).sort();
      const seen = (result as Array<Array<[string, unknown]>>)[index]?.filter(
        ([key]) => !['default', 'module.exports', '__esModule'].includes(key),
      );
      expect(seen).toEqual(expected.filter(([key]) => key !== '__esModule'));
    }
  });

  it('is used as compiled, whatever memory a function has', async () => {
    const program = `const { compile } = require(${JSON.stringify(join(functionPackages(), 'clients.cjs'))});
      const { readFileSync } = require('node:fs');
      const script = compile(readFileSync(${JSON.stringify(join(functionPackages(), 'clients.js.compiled'))}));
      console.log(script.cachedDataRejected, process.execArgv[0]);`;
    for (const size of [128, 512]) {
      const flags = [`--max-old-space-size=${size}`];
      const { stdout } = await promisify(execFile)(process.execPath, [...flags, '--eval', program]);
      expect(stdout.trim()).toBe(`false ${flags[0]}`);
    }
  });
});
