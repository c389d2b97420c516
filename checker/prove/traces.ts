/** The state that everything in a process shares, at one moment. */
export interface State {
  /** Returns what has changed since, in words. */
  changes(): readonly string[];
  /** Restores the environment and the working directory. */
  putBack(): void;
}

/**
 * Records what one program in this process could leave to the next. Changes to packages' objects aren't detected here:
 * `onlyBuilds` excludes programs that try.
 */
export function takenState(): State {
  const environment = { ...process.env };
  const folder = process.cwd();
  const before = parts();
  return {
    changes: () => [...parts()].filter(([part, value]) => before.get(part) !== value).map(([part]) => part),
    putBack() {
      for (const name of Object.keys(process.env)) if (!Object.hasOwn(environment, name)) delete process.env[name];
      Object.assign(process.env, environment);
      process.chdir(folder);
      // For each app, the CDK listens for the end of the process, to write it then if nobody did.
      process.removeAllListeners('beforeExit');
    },
  };
}

/** Returns the parts to compare, each as a string. */
function parts(): Map<string, string> {
  const listeners = process.eventNames().filter((event) => event !== 'beforeExit');
  return new Map([
    ['the environment', JSON.stringify(Object.entries(process.env).sort())],
    ['the working directory', process.cwd()],
    ['global variables', Reflect.ownKeys(globalThis).map(String).sort().join()],
    ['listeners of the process', listeners.map((event) => `${String(event)} ${process.listenerCount(event)}`).join()],
    ['the exit code', String(process.exitCode)],
    ['pending operations', process.getActiveResourcesInfo().filter(isLasting).sort().join()],
  ]);
}

/** Timers, sockets, processes; not reading a file, which ends in a moment. */
function isLasting(resource: string): boolean {
  return /^(Timeout|Immediate|ProcessWrap|.*Server.*|TCPSocketWrap|TLSWrap)$/.test(resource);
}
