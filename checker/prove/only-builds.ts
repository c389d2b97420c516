/** The packages that a stack can import and still share a process with others. */
const packages = /^(aws-cdk-lib(\/[\w-]+)?|constructs|node:(path|url))$/;

/**
 * Returns whether a `stack.ts` only imports the CDK and builds constructs, as far as its source shows. One that uses
 * the process, globals or others' classes might change them for the next stack, and needs its own process. So does one
 * that imports anything else, except for files beside it of the same kind, which `beside` reads. It may read the
 * environment, and code that it only carries as data is not its own. In doubt, returns false.
 */
export function onlyBuilds(text: string, beside: (path: string) => string | undefined = () => undefined): boolean {
  const imported = [...text.matchAll(/\bfrom\s*["']([^"']+)["']|\bimport\s*["']([^"']+)["']/g)];
  for (const [, named, bare] of imported) {
    const name = named ?? bare ?? '';
    if (packages.test(name)) continue;
    const other = /^\.\/[\w-]+\.ts$/.test(name) ? beside(name) : undefined;
    if (other === undefined || /\b(from|import)\s*["']\./.test(other) || !onlyBuilds(other)) return false;
  }
  const code = text
    .replace(/\bimport\s+(type\s+)?\{[\w\s,]*\}\s*from\s*["'][^"']+["']/g, '')
    .replace(/\bfromInline\(\s*`[^`$\\]*`/g, '')
    .replace(/(?<!\bdelete\s+)\bprocess\.env\.\w+\b(?!\s*(=(?!=)|\+\+|--|[-+*/%&|^?<>]+=))/g, '')
    .replace(/import\.meta\.(dirname|filename|url)/g, '');
  return !reaching.test(code) && !assigning.test(code);
}

const reaching =
  /\b(process|global|globalThis|prototype|__proto__|require|eval|Function|Reflect|Proxy|setTimeout|setInterval|setImmediate|queueMicrotask)\b|\bimport\s*\(|\bObject\s*\.\s*(assign|defineProperty|defineProperties|setPrototypeOf)\b|\bimport\s*\.\s*meta\b|\.\s*constructor\b|\[\s*["'`]constructor/;

/** `Table.fromTableArn = …`: a member of a package's class or object, whose names begin with a capital. */
const assigning = /\b[A-Z]\w*(\s*\.\s*\w+|\s*\[[^\]]*\])+\s*(=(?![=>])|[-+*/&|?]{1,2}=)/;
