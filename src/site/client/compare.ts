import { tableOfFigure } from '../../report/figures/numbers';
import { tableCsv } from '../../report/formats/csv';
import type { History } from '../../run/history';
import { changeOf, type JudgedPair, type PredictionChange, pairsOf } from './changed';
import { accuracyTable, agreementTable, CHANGES, scrolling, settingsTable } from './compare-tables';
import { plotCurves } from './curves';
import { element, make, pageData } from './dom';
import { loadImages } from './images';
import { drawFigure } from './plotly';
import { AddressState } from './state';

interface Model {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly history: History | null;
}

/** Changed images that are listed at most. */
const MOST = 300;
const { classes, models } = pageData<{ classes: readonly string[]; models: readonly Model[] }>(
  'compare-data',
);
const state = new AddressState(['first', 'second', 'change'], [], () => void show());
const modelOf = (name: string) => models.find((model) => model.name === name)!;

let turn = 0;

async function show(): Promise<void> {
  const own = ++turn;
  const { first, second, change } = state.get() as Readonly<Record<string, string>>;
  const names = [first!, second!] as const;
  const [one, other] = await Promise.all(names.map((name) => loadImages(name)));
  if (own !== turn) return;
  const pairs = pairsOf(one!, other!);
  const isWhole = pairs.length === one!.length && pairs.length === other!.length;
  element('shared').textContent = sharedText(pairs.length, isWhole);
  element('accuracy').replaceChildren(accuracyTable(pairs, { classes, names }), agreementTable(pairs, names));
  element('settings').replaceChildren(
    settingsTable([modelOf(first!).settings, modelOf(second!).settings], names),
  );
  drawChanged(pairs, change as PredictionChange, names);
  await drawCurves(names);
}

function sharedText(images: number, isWhole: boolean): string {
  const count = images.toLocaleString('en');
  if (images === 0) return 'No image is a test image of both models: they cannot be compared image by image.';
  return isWhole
    ? `Both models predicted the same ${count} test images.`
    : `The models have different test parts. Compared are the ${count} images that are test images of both: neither has learnt from them.`;
}

function drawChanged(
  pairs: readonly JudgedPair[],
  change: PredictionChange,
  names: readonly [string, string],
): void {
  const all = pairs.filter((pair) => changeOf(pair) === change);
  const sure = ({ first, second }: JudgedPair) => Math.max(first.confidence, second.confidence);
  const shown = [...all].sort((a, b) => sure(b) - sure(a)).slice(0, MOST);
  element('changed-count').textContent =
    `${all.length} images: ${CHANGES[change]}${all.length > MOST ? `; the ${MOST} of the highest confidence` : ''}.`;
  element('changed').replaceChildren(
    scrolling('Images that changed', {
      names: ['Row', 'True', ...names.flatMap((name) => [name, 'Confidence'])],
      styles: ['number', 'text', 'text', 'number', 'text', 'number'],
      rows: shown.map(({ first, second }) => [
        imageLink(first.row, names),
        classes[first.truth]!,
        ...[first, second].flatMap(({ predicted, confidence }) => [
          classes[predicted]!,
          confidence.toFixed(3),
        ]),
      ]),
    }),
  );
}

function imageLink(row: number, [model, other]: readonly [string, string]): HTMLElement {
  const address = new URLSearchParams({ model, other, image: String(row) });
  return make('a', { href: `explorer.html#${address}` }, String(row));
}

async function drawCurves(names: readonly string[]): Promise<void> {
  const trained = [...new Set(names)].map(modelOf).filter(({ history }) => history !== null);
  const place = element('curves');
  element('no-curves').hidden = trained.length > 0;
  place.hidden = trained.length === 0;
  element('curves-csv').hidden = place.hidden;
  if (place.hidden) return;
  const figure = plotCurves(trained.map(({ name, history }) => ({ name, history: history! })));
  const csv = tableCsv(tableOfFigure(figure));
  element<HTMLAnchorElement>('curves-csv').href = `data:text/csv;charset=utf-8,${encodeURIComponent(csv)}`;
  await drawFigure(place, figure);
}

void show();
