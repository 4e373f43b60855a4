import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { reportFigures } from '../../src/report/figures/list';
import { FigureDrawer } from '../../src/report/static/draw';
import { temporaryFolder } from '../temporary';
import { EDGE_CASES, fakeResults } from './fake-run';
import { letteringDefects } from './lettering';

const drawer = new FigureDrawer();
after(() => drawer.close());

for (const [what, run] of Object.entries(EDGE_CASES)) {
  test(`${what}: no label of any figure is cut or lies over another`, async () => {
    for (const [name, figure] of Object.entries(reportFigures(fakeResults(temporaryFolder(), run)))) {
      assert.deepEqual(letteringDefects(await drawer.svg(figure)), [], name);
    }
  });
}
