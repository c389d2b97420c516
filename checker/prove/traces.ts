/** What of a process is shared by all that runs in it, at one moment. */
export interface State {
  /** What is otherwise by now, in words. */
  changes(): readonly string[];
  /** Makes the environment and the working directory what they were. */
  putBack(): void;
}

/**
 * Notes what one program in this process might leave to the next. What it might do to the objects of packages is not
 * seen here: `onlyBuilds` keeps those programs out that try.
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
      // The CDK waits for the end of the process with each app, to write it then if nobody did.
      process.removeAllListeners('beforeExit');
    },
  };
}

/** What is compared, each as a text. */
function parts(): Map<string, string> {
  const listeners = process.eventNames().filter((event) => event !== 'beforeExit');
  return new Map([
    ['the environment', JSON.stringify(Object.entries(process.env).sort())],
    ['the working directory', process.cwd()],
    ['global variables', Reflect.ownKeys(globalThis).map(String).sort().join()],
    ['listeners of the process', listeners.map((event) => `${String(event)} ${process.listenerCount(event)}`).join()],
    ['the exit code', String(process.exitCode)],
    ['what is still under way', process.getActiveResourcesInfo().filter(isLasting).sort().join()],
  ]);
}

/** Timers, sockets, processes; not the reading of a file, which is over in a moment. */
function isLasting(resource: string): boolean {
  return /^(Timeout|Immediate|ProcessWrap|.*Server.*|TCPSocketWrap|TLSWrap)$/.test(resource);
}
