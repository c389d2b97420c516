/** A lab's page, and one of AWS's. */
export function docs(lab: string, aws: string): { lab: string; aws: string } {
  return { lab: `labs/${lab}/README.md`, aws };
}
