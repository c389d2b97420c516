import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * Reads `+id` and `-id`, one per line, and kills what is left when the other end closes. A negative id is a process
 * group.
 */
const script = `trap '' HUP INT TERM
left=' '
while read -r change; do
  case $change in
    +*) left="$left\${change#+} " ;;
    -*) gone=" \${change#-} "; left="\${left%%"$gone"*} \${left#*"$gone"}" ;;
  esac
done
for id in $left; do kill -9 "$id"; done 2>/dev/null`;

/**
 * Ends functions that outlive the account. A handler in an endless loop doesn't notice that the account was killed, and
 * neither do its children. So a shell waits at the end of a pipe that only the account holds, and kills them when the
 * pipe closes. On Windows the system does that: processes share a job with their parent
 * (https://github.com/libuv/libuv/blob/v1.x/src/win/process.c, `JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE`).
 */
export class Warden {
  readonly #watched = new Set<number>();
  #shell: ChildProcess | undefined;

  /** Watches a process, or a process group by its negative id. */
  add(id: number): void {
    this.#watched.add(id);
    // A new shell gets all of them when it starts.
    if (this.#shell === undefined) this.#start();
    else this.#shell.stdin?.write(`+${id}\n`);
  }

  /** Forgets an ended process. */
  remove(id: number): void {
    if (this.#watched.delete(id)) this.#shell?.stdin?.write(`-${id}\n`);
  }

  /** Ends the shell, and thereby the remaining processes. */
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
      if (this.#watched.size > 0) this.#start();
    });
    for (const id of this.#watched) shell.stdin?.write(`+${id}\n`);
  }
}
