import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { functionPackages } from '../sandbox/services/lambda/runtime/sdk-packages.ts';
import { median } from './statistics.ts';

const root = join(import.meta.dirname, '..');
/** The room's handlers, by the names of their files. */
export const handlers = ['connect', 'send-message', 'disconnect'];

/** A chat room of another server, with the room's own handlers. */
export interface OtherRoom {
  /** The room's address: `ws://127.0.0.1:41234/`. */
  readonly address: string;
  readonly pid: number;
  /** Milliseconds from the start of its process until it served. */
  readonly readyMs: number;
  close(): Promise<void>;
}

/** Milliseconds in which the floor is ready, the unit for whole commands; a bare Node.js takes half of it. */
export async function floorReady(): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 7; run += 1) {
    const floor = await startFloor();
    times.push(floor.readyMs);
    await floor.close();
  }
  return median(times);
}

/** Bundles the handlers in `app/functions/` into a folder, beside the compiled SDK of the practice account. */
export async function bundleHandlers(folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: handlers.map((name) => join('app', 'functions', `${name}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    external: ['@aws-sdk/*'],
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    logLevel: 'silent',
  });
  await symlink(functionPackages(), join(folder, 'node_modules'), 'junction');
}

/**
 * Starts the floor, the cheapest chat room that there is: `floor/server.mjs`. The practice account is measured against
 * it.
 */
export async function startFloor(): Promise<OtherRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'websocket-lab-floor-'));
  await bundleHandlers(folder);
  const began = performance.now();
  const child = fork(join(import.meta.dirname, 'floor', 'server.mjs'), [folder], {
    execArgv: [],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (port) => resolve(port as number));
    child.once('exit', (code) => reject(new Error(`The floor ended with ${code}.`)));
  });
  child.removeAllListeners('exit');
  const readyMs = performance.now() - began;
  return {
    address: `ws://127.0.0.1:${port}/`,
    pid: child.pid ?? 0,
    readyMs,
    async close() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
