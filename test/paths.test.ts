import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { fixPathVariables } from '../src/paths';

test('relative paths in the environment become absolute, the rest stays as it is', () => {
  const environment: NodeJS.ProcessEnv = {
    FER2013: '../shared/fer2013.csv',
    FERLAB_RUNS: '/somewhere/runs',
    FERLAB_MODELS: '',
    HOME: '../home',
  };
  fixPathVariables(environment);
  assert.deepEqual(environment, {
    FER2013: resolve('../shared/fer2013.csv'),
    FERLAB_RUNS: '/somewhere/runs',
    FERLAB_MODELS: '',
    HOME: '../home',
  });
});
