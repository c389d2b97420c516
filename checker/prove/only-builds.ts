/** What a stack may be made with and share a process with others. */
const packages = /^(aws-cdk-lib(\/[\w-]+)?|constructs|node:(path|url))$/;

/**
 * Whether a `stack.ts` does nothing but import the CDK and build constructs, as far as its text tells. One that
 * reaches for the process, the globals or the classes of others might change them for whoever comes next, and needs a
 * process of its own; so does one that imports what is not looked at here. Says no too often rather than too seldom.
 */
export function onlyBuilds(text: string): boolean {
  const imported = [...text.matchAll(/\bfrom\s*["']([^"']+)["']|\bimport\s*["']([^"']+)["']/g)];
  if (!imported.every(([, named, bare]) => packages.test(named ?? bare ?? ''))) return false;
  const code = text.replace(/import\.meta\.(dirname|filename|url)/g, '');
  return !reaching.test(code) && !assigning.test(code);
}

const reaching =
  /\b(process|global|globalThis|prototype|__proto__|require|eval|Function|Reflect|Proxy|setTimeout|setInterval|setImmediate|queueMicrotask)\b|\bimport\s*\(|\bObject\s*\.\s*(assign|defineProperty|defineProperties|setPrototypeOf)\b|\bimport\s*\.\s*meta\b|\.\s*constructor\b|\[\s*["'`]constructor/;

/** `Table.fromTableArn = …`: a member of a class or an object of a package, whose names begin with a capital. */
const assigning = /\b[A-Z]\w*(\s*\.\s*\w+|\s*\[[^\]]*\])+\s*(=(?![=>])|[-+*/&|?]{1,2}=)/;
