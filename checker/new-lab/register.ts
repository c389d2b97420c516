/** A line of the registry: `import { missingRoute } from '../labs/01-missing-route/lab.ts';`. */
const entry = /^import \{ (\w+) \} from '\.\.\/labs\/(\d\d-[^/]+)\/lab\.ts';\n/gm;

/** How long a line can be before the formatter breaks it. */
const WIDTH = 120;

/**
 * Returns the text of `checker/workshop/labs.ts` with one more lab, in order. Throws if the file isn't written as
 * expected.
 */
export function withLab(text: string, { id, constant }: { readonly id: string; readonly constant: string }): string {
  const listed = [...text.matchAll(entry)].map(([, name = '', lab = '']) => ({ id: lab, constant: name }));
  const labs = [...listed, { id, constant }].sort((one, other) => (one.id < other.id ? -1 : 1));
  const imports = labs.map((lab) => `import { ${lab.constant} } from '../labs/${lab.id}/lab.ts';\n`).join('');
  const [first] = text.match(entry) ?? [];
  const list = /(const shipped: readonly Lab\[\] = )\[[^\]]*\];/;
  if (first === undefined || !list.test(text))
    throw new Error('checker/workshop/labs.ts has no list of labs to add to.');
  const constants = labs.map((lab) => lab.constant);
  // Nothing before the first of them is removed, so they are put back in their old places.
  const at = text.indexOf(first);
  const others = text.replaceAll(entry, '');
  return `${others.slice(0, at)}${imports}${others.slice(at)}`.replace(list, (_, before: string) => {
    const line = `${before}[${constants.join(', ')}];`;
    return line.length <= WIDTH ? line : `${before}[\n${constants.map((name) => `  ${name},\n`).join('')}];`;
  });
}
