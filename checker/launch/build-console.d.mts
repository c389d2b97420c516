/** Bundles the console's page into a folder. */
export function buildConsole(folder: string): Promise<void>;
