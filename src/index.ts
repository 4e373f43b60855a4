// The helper module: everything that the notebooks import comes through here.

export { type AuditOptions, auditClaim } from './audit/audit';
export type { Claim } from './audit/claim';
export { claimNames, loadClaim } from './audit/gallery';
export { reportHtml } from './audit/html-report';
export { claimFromEvaluation } from './audit/own-results';
export { claimFromTable } from './audit/paste';
export { parseClaim, readClaim } from './audit/read-claim';
export type { AuditReport, Certificate, CheckResult, ReadingReport, Verdict, Witness } from './audit/report';
export {
  tableAudits,
  tableChecks,
  tableContradictions,
  tableReadings,
  tableWitness,
} from './audit/report-tables';
export { validateClaim } from './audit/schema';
export { formatReport } from './audit/text-report';
export { type CrowdSummary, countCrowdLabels, summarizeVotes } from './dataset/crowd';
export * from './dataset/dataset';
export * from './dataset/emotions';
export { type FerPlusVotes, loadVotes } from './dataset/ferplus';
export { buildTable } from './dataset/table';
export { Network } from './engine/network';
export { registerNativeGradients } from './engine/tfjs/native-gradients';
export { Trainer } from './engine/trainer';
export { FerlabError } from './errors';
export { type Evaluation, evaluatePredictions } from './evaluate/evaluation';
export { evaluateFinal } from './evaluate/final';
export { loadPredictions, type Predictions } from './evaluate/predictions';
export { describeModel, modelSize } from './model/describe';
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
export { chooseConfig, chooseRun, loadChosenData, type NotebookParameters } from './notebook/session';
export { type FrameLike, type Showable, show } from './notebook/show';
export { runStudyOnSample } from './notebook/study';
export type { TableLike } from './notebook/table';
export { trainAndStop, trainLive } from './notebook/train-live';
export { figuresFolder } from './paths';
export { decodeGrey } from './preprocess/decode';
export { normalize } from './preprocess/normalize';
export { publishedResults, tableModels } from './publish/overview';
export { tableCrowd, tableCrowdLabels } from './report/crowd-tables';
export { plotBrightness, plotClassCounts, plotGreyLevels } from './report/dataset-plots';
export { tableClassCounts, tableDuplicates, tableLabelNoise } from './report/dataset-tables';
export type { Figure, FigureLayout } from './report/figure';
export { tableMistakes } from './report/mistakes-table';
export { tableModel } from './report/model-table';
export { tableConfusion, tableOverall, tablePaperFigures, tableSummary } from './report/more-tables';
export { plotClassDistribution, plotPerClass } from './report/per-class-plots';
export { plotConfusion, plotTrainingCurves } from './report/plots';
export { plotReliability } from './report/reliability-plot';
export { loadResults, type Results } from './report/results';
export { saveReport } from './report/save';
export { tableSeeds } from './report/seed-tables';
export { bestRecipes } from './report/seeds';
export { plotStudy, tableStudy } from './report/study';
export type { ReportTable } from './report/table';
export { toDataFrame as toFrame } from './report/table-files';
export { tableAccuracy, tablePerClass } from './report/tables';
export { tableTrainings } from './report/training-table';
export { projectStudy, publishedStudy } from './study/published';
export type { RunConfig } from './train/config';
export { loadNetwork, openRun } from './train/open-run';
export { buildConfig } from './train/profiles';
export { latestRun, runFolder } from './train/run-folder';
export { type TrainedRun, type TrainOptions, trainRun } from './train/train';
