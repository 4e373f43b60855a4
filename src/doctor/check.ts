/** What one check found. `absent` is something that the project can do without. */
export interface Finding {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'absent';
  /** What was found: a version, a path, a speed, or the problem. */
  readonly detail: string;
  /** What to do about it, unless it passed. */
  readonly remedy?: string;
}

/** A check's outcome before it is given the check's name. */
export type DoctorOutcome = Omit<Finding, 'name'>;

export interface DoctorCheck {
  readonly name: string;
  run(): DoctorOutcome | Promise<DoctorOutcome>;
}

export const SET_UP_AGAIN = 'run `npm run setup`';

export const passed = (detail: string): DoctorOutcome => ({ status: 'passed', detail });

export const failed = (detail: string, remedy: string): DoctorOutcome => ({
  status: 'failed',
  detail,
  remedy,
});

export const absent = (detail: string, remedy: string): DoctorOutcome => ({
  status: 'absent',
  detail,
  remedy,
});

/** Runs checks in order; one that throws has failed. */
export async function runChecks(checks: readonly DoctorCheck[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, run } of checks) findings.push({ name, ...(await outcomeOf(run)) });
  return findings;
}

async function outcomeOf(run: DoctorCheck['run']): Promise<DoctorOutcome> {
  try {
    return await run();
  } catch (error) {
    const { message, remedy } = error as { message?: string; remedy?: string };
    return failed(String(message ?? error).split('\n')[0] ?? '', remedy ?? SET_UP_AGAIN);
  }
}
