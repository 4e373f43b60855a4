import { AGREEMENT_WORDS, type AgreementMeasure, type Claim } from '../claim/claim';
import type { Figure, Parse } from './figure';

/** Figures of all classes together that are neither accuracies nor means; with several labels an item there are none. */
export function wholeFigures(claim: Claim, parse: Parse): Figure[] {
  if (claim.labels === 'several') return [];
  return [agreementFigures, topFigures, areaFigures, gMeanFigures].flatMap((of) => of(claim, parse));
}

function agreementFigures({ agreement = {} }: Claim, parse: Parse): Figure[] {
  return Object.entries(agreement).map(([key, text]) =>
    parse(text, {
      field: `agreement.${key}`,
      key,
      meaning: AGREEMENT_WORDS[key as AgreementMeasure],
      isSigned: true,
    }),
  );
}

function areaFigures({ auc }: Claim, parse: Parse): Figure[] {
  if (auc === undefined) return [];
  return [parse(auc, { field: 'auc', key: 'auc', meaning: 'area under the ROC curve' })];
}

function gMeanFigures({ gMean }: Claim, parse: Parse): Figure[] {
  if (gMean === undefined) return [];
  return [parse(gMean, { field: 'gMean', key: 'gmean', meaning: 'G-mean' })];
}

function topFigures({ topK = {} }: Claim, parse: Parse): Figure[] {
  return Object.entries(topK).map(([k, text]) =>
    parse(text, { field: `topK.${k}`, key: `top:${k}`, meaning: `top-${k} accuracy` }),
  );
}
