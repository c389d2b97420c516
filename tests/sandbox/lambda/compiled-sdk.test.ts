import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagesFolder } from '../../../sandbox/services/lambda/runtime/sdk-packages.ts';
import { sharedFunctions } from './functions.ts';

const compiled = [
  '@aws-sdk/client-dynamodb',
  '@aws-sdk/client-apigatewaymanagementapi',
  '@aws-sdk/lib-dynamodb',
  '@aws-sdk/util-dynamodb',
];

describe('the compiled SDK', () => {
  const functions = sharedFunctions();

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

  it.each([128, 512])('is used as compiled by a function with %i MB', async (MemorySize) => {
    const code = `const vm = require('node:vm');
      const rejected = [];
      const { Script } = vm;
      vm.Script = class extends Script {
        constructor(...args) { super(...args); rejected.push(this.cachedDataRejected); }
      };
      require('@aws-sdk/client-dynamodb');
      const { heap_size_limit } = require('node:v8').getHeapStatistics();
      exports.handler = async () => ({ rejected, heapMb: heap_size_limit / 2 ** 20 });`;
    await functions.create(`with-${MemorySize}`, { 'index.js': code }, { MemorySize });
    const { result } = await functions.invoke(`with-${MemorySize}`);
    const { rejected, heapMb } = result as { rejected: boolean[]; heapMb: number };
    expect(rejected).toEqual([false]);
    expect(heapMb).toBeGreaterThanOrEqual(MemorySize);
    // Besides the old space, the limit counts the young one, which depends on the version of Node.js.
    expect(heapMb).toBeLessThan(MemorySize + 256);
  });
});
