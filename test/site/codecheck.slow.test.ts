import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { projectRoot } from '../../src/paths';
import { modelsFolder } from '../../src/run/published-models';
import { checklistOf } from '../../src/site/checklist/checklist';
import { loadCodecheck } from '../../src/site/checklist/codecheck';
import { claimHolds } from '../../src/site/checklist/project';
import { loadSiteModels } from '../../src/site/content';

describe('codecheck.yml', () => {
  const codecheck = loadCodecheck(projectRoot())!;
  const models = loadSiteModels(modelsFolder());

  test('names files that are there, and a claim for each published model', () => {
    for (const { file } of codecheck.manifest) assert.ok(existsSync(join(projectRoot(), file)), file);
    const names = new Set(codecheck.claims.map(({ model }) => model));
    for (const { name } of models) assert.ok(names.has(name), name);
  });

  test('states the values that the predictions give', () => {
    for (const claim of codecheck.claims) assert.equal(claimHolds(claim, models), true, claim.claim);
  });

  test('and every other demand of the checklists hold for this project', () => {
    const audit = { verdict: 'impossible', summary: 'as audited' } as const;
    const rows = checklistOf({ project: projectRoot(), models, codecheck, audit });
    for (const { demand, holds, evidence } of rows) assert.equal(holds, true, `${demand}: ${evidence}`);
  });
});
