import * as audit from '@ferlab/audit';
import { FerlabError } from '../errors';

// The auditor as the rest of the project uses it: with the solver of this machine, and with errors that the command
// line prints with their remedy.

/** How an audit is made. */
export type AuditOptions = Omit<audit.AuditOptions, 'loadHighs'>;

/** Decides whether the figures of a claim can all be true, under each reading of it. */
export function auditClaim(claim: audit.Claim, options: AuditOptions = {}): Promise<audit.AuditReport> {
  return audit.auditClaim(claim, { ...options, loadHighs: loadSolver });
}

/** Many audits end before the solver is asked, so it is loaded then. */
async function loadSolver(): ReturnType<audit.LoadHighs> {
  // The package declares its types as those of a CommonJS module, but here its ES module is loaded.
  const { default: load } = (await import('highs')) as unknown as { default: audit.LoadHighs };
  return load();
}

/** As the auditor's function of that name. @throws FerlabError */
export const claimFromTable = withOurErrors(audit.claimFromTable);
/** As the auditor's function of that name. @throws FerlabError */
export const readTable = withOurErrors(audit.readTable);
/** As the auditor's function of that name. @throws FerlabError */
export const readTables = withOurErrors(audit.readTables);
/** As the auditor's function of that name. @throws FerlabError */
export const parseClaim = withOurErrors(audit.parseClaim);
/** As the auditor's function of that name. @throws FerlabError */
export const validateClaim = withOurErrors(audit.validateClaim);

function withOurErrors<In extends unknown[], Out>(call: (...given: In) => Out): (...given: In) => Out {
  return (...given) => {
    try {
      return call(...given);
    } catch (error) {
      if (!(error instanceof audit.ClaimError)) throw error;
      throw new FerlabError(error.message, { remedy: error.remedy, cause: error });
    }
  };
}
