import { createHash } from 'node:crypto';
import { labFiles } from './lab-files.ts';

/**
 * Returns a lab's current version as SHA-256: of its start, its solution, and its checks' expectations. Another version
 * of the workshop may have changed it. Undefined for a nonexistent lab.
 */
export async function labVersion(root: string, id: string): Promise<string | undefined> {
  const { labs } = await import('./labs.ts');
  const lab = labs.find((each) => each.id === id);
  if (lab === undefined) return undefined;
  try {
    const files = await Promise.all([labFiles(root, id, 'start'), labFiles(root, id, 'solution')]);
    const hash = createHash('sha256');
    for (const [path, text] of files.flatMap((version) => [...version])) {
      hash.update(`${path}\0${text.replaceAll('\r\n', '\n')}\0`);
    }
    const { checks } = await lab.load();
    for (const { id: check, expected } of checks) hash.update(`${check}\0${expected}\0`);
    return hash.digest('hex');
  } catch {
    // Its solution was changed. Commands that need it report that.
    return undefined;
  }
}
