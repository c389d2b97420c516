import type { BuildOptions } from 'esbuild';

/** How esbuild bundles a program of the workshop. */
export const bundling: BuildOptions & { readonly external: string[] };

/** Bundles the checker, the practice account and the console's page into `dist/`. */
export function build(): Promise<void>;
