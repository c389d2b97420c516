import { execFile } from 'node:child_process';
import { LabError } from '../failures/errors.ts';

/** How long one git command can take, in milliseconds: a fetch over a slow line takes longest. */
const longest = 120_000;

/** The result of a git call. `output` is text; `bytes` is the raw output. */
export interface GitEnd {
  readonly code: number;
  readonly output: string;
  readonly bytes: Buffer;
  /** Its standard error. */
  readonly words: string;
}

/** git, in one folder. It never prompts and speaks English; callers judge its exit code. */
export class Git {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Runs it to its end. Rejects with a LabError if git isn't installed, or if it takes too long. */
  run(...args: string[]): Promise<GitEnd> {
    return new Promise((resolve, reject) => {
      execFile(
        'git',
        ['-c', 'core.quotePath=false', ...args],
        {
          cwd: this.#folder,
          env: { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
          encoding: 'buffer',
          maxBuffer: 64 * 1024 * 1024,
          timeout: longest,
          windowsHide: true,
        },
        (error, stdout, stderr) => {
          if (error?.code === 'ENOENT')
            return reject(new LabError('git is not installed on this machine.', 'Install it: https://git-scm.com.'));
          if (error?.killed === true)
            return reject(new LabError(`git ${args[0]} didn't finish within two minutes.`, 'Try again later.'));
          const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1;
          resolve({
            code,
            output: stdout.toString('utf8').trim(),
            bytes: stdout,
            words: stderr.toString('utf8').trim(),
          });
        },
      );
    });
  }

  /** Like `run`, but rejects with a LabError with git's own words if it fails. */
  async must(...args: string[]): Promise<GitEnd> {
    const end = await this.run(...args);
    if (end.code === 0) return end;
    throw new LabError(`git ${args[0]} failed: ${end.words}`, 'Your files are unchanged, or saved in .lab/kept.');
  }

  /** The paths that a command with `-z` lists. */
  async paths(...args: string[]): Promise<string[]> {
    const { bytes } = await this.must(...args);
    return bytes
      .toString('utf8')
      .split('\0')
      .filter((path) => path !== '');
  }

  /** Returns a commit's version of a file; undefined if it has none. */
  async fileAt(commit: string, path: string): Promise<Buffer | undefined> {
    const end = await this.run('cat-file', 'blob', `${commit}:${path}`);
    return end.code === 0 ? end.bytes : undefined;
  }
}
