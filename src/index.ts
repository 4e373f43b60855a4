// The helper module: everything that the notebooks import comes through here.

import './engine/layers/settings';

export type {
  AuditReport,
  Certificate,
  CheckResult,
  Claim,
  ReadingReport,
  Verdict,
  Witness,
} from '@ferlab/audit';
export { describeRepair, describeUnused, formatReport, reportHtml } from '@ferlab/audit';
export {
  type AuditOptions,
  auditClaim,
  claimFromTable,
  parseClaim,
  readTables,
  validateClaim,
} from './audit/audit';
export { claimNames, loadClaim } from './audit/gallery';
export { claimFromEvaluation } from './audit/own-results';
export { readClaim } from './audit/read-claim';
export {
  tableAudits,
  tableChecks,
  tableContradictions,
  tableReadings,
  tableUnderstood,
  tableWitness,
} from './audit/tables';
export { type CrowdSummary, countCrowdLabels, summarizeVotes } from './dataset/crowd';
export * from './dataset/dataset';
export { drawPhotograph } from './dataset/drawn-photograph';
export { type FerPlusVotes, loadVotes } from './dataset/ferplus';
export { loadDataset } from './dataset/load';
export { FER2013 } from './dataset/specs/fer2013';
export { buildTable } from './dataset/table';
export { detectFaces, openDetector } from './detect/detect-faces';
export { regionOf } from './detect/face-region';
export { describeModel, modelSize } from './engine/describe';
export { Network } from './engine/network';
export { registerNativeGradients } from './engine/tfjs/native-gradients';
export { Trainer } from './engine/trainer';
export { FerlabError } from './errors';
export { type Evaluation, evaluatePredictions } from './evaluate/evaluation';
export { evaluateFinal } from './evaluate/final';
export { loadResults, type Results } from './evaluate/results';
export { bestRecipes } from './evaluate/seeds';
export { plotLeaks } from './leaklab/plot';
export { publishedLeaks } from './leaklab/published';
export { tableLeakCombinations, tableLeaks } from './leaklab/table';
export type { LayerDefinition } from './model/definition';
export { buildModel } from './model/models';
export { environment } from './notebook/environment';
export {
  asPhotograph,
  augmentationGallery,
  besideGrid,
  conflictGrid,
  epochGallery,
  imageOf,
  sampleGrid,
} from './notebook/grids';
export type { ImageGrid } from './notebook/image-grid';
export { interruptible } from './notebook/interrupt';
export { grade, type LabCheck } from './notebook/lab/grade';
export { tableLeakVerdicts } from './notebook/leak-verdicts';
export { plotAttention } from './notebook/photo/attention';
export { type FaceReader, openFaceReader } from './notebook/photo/face-reader';
export { drawHardPictures, tableHardPictures } from './notebook/photo/failure-cases';
export { findFaces, plotFoundFaces } from './notebook/photo/found-faces';
export { openPhotograph } from './notebook/photo/photograph';
export { followFace, plotStages } from './notebook/photo/stages';
export { chooseConfig, chooseRun, loadChosenData, type NotebookParameters } from './notebook/session';
export { type FrameLike, type Showable, show } from './notebook/show';
export { runStudyOnSample } from './notebook/study';
export type { TableLike } from './notebook/table';
export { trainAndStop, trainLive } from './notebook/train-live';
export { figuresFolder } from './paths';
export { decodePicture } from './preprocess/decode-picture';
export { normalize } from './preprocess/normalize';
export { preparePicture, prepareRegion } from './preprocess/prepare-picture';
export { comparePublished } from './publish/comparisons';
export { publishedResults, tableModels } from './publish/overview';
export type { FigureLayout, PlotlyFigure } from './report/figure';
export { plotBrightness } from './report/figures/brightness';
export { plotClassCounts } from './report/figures/class-counts';
export { plotClassDistribution } from './report/figures/class-distribution';
export { plotConfusion } from './report/figures/confusion';
export { plotGreyLevels } from './report/figures/grey-levels';
export { plotPerClass } from './report/figures/per-class';
export { plotReliability } from './report/figures/reliability';
export { plotTrainingCurves } from './report/figures/training-curves';
export { toDataFrame as toFrame } from './report/formats/data-frame';
export { saveReport } from './report/save';
export type { ReportColumn, ReportTable } from './report/table';
export { tableAccuracy } from './report/tables/accuracy';
export { tableClassCounts } from './report/tables/class-counts';
export { tableComparisons } from './report/tables/comparisons';
export { tableConfusion } from './report/tables/confusion';
export { tableCrowd } from './report/tables/crowd';
export { tableCrowdLabels } from './report/tables/crowd-labels';
export { tableDuplicates } from './report/tables/duplicates';
export { tableLabelNoise } from './report/tables/label-noise';
export { tableMistakes } from './report/tables/mistakes';
export { tableModel } from './report/tables/model';
export { tableOverall } from './report/tables/overall';
export { tablePaperFigures } from './report/tables/paper-figures';
export { tablePerClass } from './report/tables/per-class';
export { tableSeeds } from './report/tables/seeds';
export { tableSummary } from './report/tables/summary';
export { tableTrainings } from './report/tables/trainings';
export type { RunConfig } from './run/config';
export { loadNetwork, openRun } from './run/open-run';
export type { Predictions } from './run/predictions';
export { loadPredictions } from './run/predictions-file';
export { buildConfig } from './run/profiles';
export type { NetworkRun } from './run/run';
export { latestRun, runFolder } from './run/run-folder';
export { plotStudy } from './study/plot';
export { projectStudy, publishedStudy } from './study/published';
export { tableStudy } from './study/table';
export { trainRun } from './train/train';
export type { TrainOptions } from './train/training';
