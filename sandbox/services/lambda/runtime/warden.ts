import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/** Reads `+group` and `-group`, a line each, and ends the groups that are left when nobody is at the other end. */
const script = `trap '' HUP INT TERM
groups=' '
while read -r change; do
  case $change in
    +*) groups="$groups\${change#+} " ;;
    -*) gone=" \${change#-} "; groups="\${groups%%"$gone"*} \${groups#*"$gone"}" ;;
  esac
done
for group in $groups; do kill -9 "-$group"; done 2>/dev/null`;

/**
 * Ends functions that outlive the account. A handler in an endless loop does not notice that the account was killed,
 * and neither does what it started; so a shell waits at the end of a pipe that only the account holds, and ends
 * their process groups when the pipe closes. On Windows the system does that: processes share a job with the one that
 * started them (https://github.com/libuv/libuv/blob/v1.x/src/win/process.c, `JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE`).
 */
export class Warden {
  readonly #groups = new Set<number>();
  #shell: ChildProcess | undefined;

  /** Watches over a process group. */
  add(group: number): void {
    this.#groups.add(group);
    // A new shell is told of all groups when it starts.
    if (this.#shell === undefined) this.#start();
    else this.#shell.stdin?.write(`+${group}\n`);
  }

  /** Forgets a process group: it has ended. */
  remove(group: number): void {
    if (this.#groups.delete(group)) this.#shell?.stdin?.write(`-${group}\n`);
  }

  /** Ends the shell, and with it the groups that are left. */
  close(): void {
    const shell = this.#shell;
    this.#shell = undefined;
    shell?.stdin?.end();
  }

  #start(): void {
    if (process.platform === 'win32') return;
    const shell = spawn('/bin/sh', ['-c', script], {
      cwd: '/',
      detached: true,
      env: {},
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#shell = shell;
    shell.unref();
    (shell.stdin as Socket | null)?.unref();
    shell.on('error', () => {});
    shell.stdin?.on('error', () => {});
    shell.once('exit', () => {
      if (this.#shell !== shell) return;
      this.#shell = undefined;
      // Somebody ended it.
      if (this.#groups.size > 0) this.#start();
    });
    for (const group of this.#groups) shell.stdin?.write(`+${group}\n`);
  }
}
