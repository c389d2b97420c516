/** The lab's page, and one of AWS's. */
export function docs(aws: string): { lab: string; aws: string } {
  return { lab: 'labs/01-missing-route/README.md', aws };
}
