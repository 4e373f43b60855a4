import type { AgreementMeasure, ClassMetric, ClassRate } from '../claim/claim';

/** What a column holds: a measure that is audited, the number of items, or another measure. */
export type ColumnKind = ClassMetric | ClassRate | 'support' | 'other';

/** Letters and digits of any script in lower case, accents taken off. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** A table by words, from one by meaning whose words are separated by commas. */
export function wordTable<T>(
  entries: Readonly<Record<string, string>>,
  value: (key: string) => T,
): ReadonlyMap<string, T> {
  return new Map(
    Object.entries(entries).flatMap(([key, words]) =>
      words.split(/,\s*/).map((word) => [plain(word), value(key)] as const),
    ),
  );
}

/** Column titles and names of measures, in ten languages. */
const COLUMNS = wordTable(
  {
    precision:
      'precision, class precision, prec, prec., pre, p, ppv, pos pred value, positive predictive value, user accuracy, precision score, ' +
      'precisión, précision, präzision, precisão, precisione, precizie, precisie, kesinlik, 精确率, 精確率, 查准率, 适合率, 適合率, 정밀도',
    recall:
      'recall, class recall, rec, rec., r, sensitivity, sens, sens., sen, tpr, true positive rate, tp rate, recall score, hit rate, ' +
      'recognition rate, producer accuracy, rappel, sensibilité, sensibilidad, sensitivität, trefferquote, ' +
      'exhaustividad, sensibilidade, revocação, richiamo, sensibilità, sensibilitate, duyarlılık, 召回率, 查全率, 再現率, 재현율, полнота',
    f1:
      'f1, f1score, f1-score, f score, f-measure, fmeasure, f 1, f1 measure, f-1, fscore, f1 値, f1 值, f1值, f1分数, ' +
      'puntuación f1, score f1, f1-maß, f1-мера, f1 skoru, F1スコア',
    accuracy:
      'accuracy, acc, acc., overall accuracy, class accuracy, accuracy score, exactitud, exactitude, genauigkeit, ' +
      'acurácia, acuracia, accuratezza, acuratețe, acuratete, nauwkeurigheid, doğruluk, 準確率, 准确率, 正确率, 正解率, 정확도, точность',
    support:
      'support, supports, sup, samples, n, count, counts, images, test images, test samples, items, number of samples, ' +
      'number of test samples, number of images, num samples, instances, examples, n samples, size, soporte, muestras, ' +
      'unterstützung, anzahl, suporte, amostras, supporto, campioni, effectif, nombre, échantillons, destek, ' +
      'örnek sayısı, 樣本數, 样本数, 支持度, 支持数, サポート, サンプル数, 데이터 수, 샘플 수, поддержка, количество',
    specificity:
      'specificity, spec, spe, spc, tnr, true negative rate, especificidad, spécificité, spezifität, especificidade, specificità',
    npv: 'npv, neg pred value, negative predictive value',
    fpr: 'fpr, fp rate, false positive rate',
    fnr: 'fnr, fn rate, false negative rate, miss rate',
    jaccard: 'jaccard, jaccard index, jaccard score',
    // Not `F2` alone, which may be the second fold or feature.
    f2: 'f2 score, f2-score, f2 measure, fbeta 2, f-beta 2',
    f05: 'f0.5, f0.5 score, f0.5-score, f0.5 measure, f-beta 0.5',
    other:
      'auc, auroc, auprc, roc auc, pr auc, roc area, prc area, mcc, kappa, cohen kappa, ' +
      'cohens kappa, loss, log loss, test loss, val loss, validation loss, error, error rate, balanced accuracy, uar, war, ' +
      'ua, wa, iou, map, map50, map50-95, mse, rmse, mae, r2, auc score, top-1, top-5, prevalence, detection rate, ' +
      'detection prevalence, g-mean, gmean, brier, brier score, ece, hamming loss, inference time, macro accuracy, ' +
      'youden, geo, iba, tp, tn, fp, fn, true positives, true negatives, false positives, false negatives, hit, ci, std, mcnemars test p value, ' +
      'no information rate, 95% ci, p value acc nir, auc pr',
  },
  (key) => key as ColumnKind,
);

const RATES: ReadonlySet<string> = new Set<ClassRate>([
  'specificity',
  'npv',
  'fpr',
  'fnr',
  'jaccard',
  'f2',
  'f05',
]);

/** Whether a column holds a rate of each class against all others. */
export function isRate(kind: string): kind is ClassRate {
  return RATES.has(kind);
}

/** What a title stands for. What it says in brackets counts only for words that mean accuracy or precision. */
export function columnOf(title: string): ColumnKind | undefined {
  const bare = title.replace(/[([{][^()[\]{}]*[)\]}]/g, ' ').replace(/[([{].*$/, ' ');
  if (/^\s*(?:#|№|no\.)\s*$/i.test(bare)) return 'support';
  const kind = COLUMNS.get(plain(bare)) ?? (bare.trim() === '' ? undefined : COLUMNS.get(plain(title)));
  const inBrackets = kind === 'accuracy' ? /[([]([^()[\]]+)[)\]]/.exec(title)?.[1] : undefined;
  const named = inBrackets === undefined ? undefined : COLUMNS.get(plain(inBrackets));
  return named === 'precision' || named === 'recall' ? named : kind;
}

const UNCLEAR_ACCURACY = new Set(
  ['genauigkeit', 'точность', '準確率', '准确率', 'exactitude', 'exactitud', 'nauwkeurigheid'].map(plain),
);

/** Whether a title is a word that is in use for both the accuracy and the precision. */
export function isUnclearAccuracy(title: string): boolean {
  return UNCLEAR_ACCURACY.has(plain(title));
}

/** Rows that tell how the figures of the classes, or of runs, are spread. */
export function isSpread(title: string): boolean {
  if (title.trim() === 'σ') return true;
  return /^(?:std|sd|stdev|stddev|standarddeviation|variance|min|minimum|max|maximum|highest|lowest|bestclass|worstclass|median|range)$/.test(
    plain(title),
  );
}

/** Rows of reports about items with several labels. */
export function isSamplesMean(title: string): boolean {
  return plain(title) === 'samplesavg';
}

const ACCURACY =
  /^(?:the|test|testing|final|overall|total|average|micro|model|global|整體|整体|总体|總體)*(?:accuracy|acc|accuracyscore|準確率|准确率|exactitud|genauigkeit|acuracia|accuratezza|acuratete|overallaccuracy|correctlyclassifiedinstances)(?:score)?$/;

/** Whether a row title or the words before a figure name the overall accuracy. */
export function isAccuracy(title: string): boolean {
  return ACCURACY.test(plain(title.replace(/[([][^()[\]]*[)\]]/g, '')));
}

const CLASS_TITLES =
  /class|label|categor|emotion|expression|sentiment|klasse|clase|emocion|emocao|emozion|emotie|duygu|topic|intent|tag|diagnos|disease|species|activit|digit|genre|cảm|camxuc|类别|類別|情绪|情緒|表情|感情|クラス|감정|클래스|класс|эмоци|sinif|attack|true|actual|ground|gold/;
/** Titles of rows that are systems, or parts of the data. */
const SYSTEM_TITLES =
  /model|method|system|approach|algorithm|architect|classifier|network|stage|fold|epoch|\brun|seed|experiment|dataset|database|data$|^data|split|setting|config|target|task|study|author|refer|paper|backbone|variant|optimi|year|^cv$|feature|loss|subject|strategy|technique|metodo|methode|verfahren|modelo|modell|modele|modèle|方法|模型|モデル|모델|방법|метод|модель|^algo|bazadedate|corpus|condition|ablation|component|noise|scenario|hyper|param|cohort|hospital|^site|^cent(?:er|re)s?$|institution|scanner|device|vendor|manufactur|threshold|cutoff|^k$|^snr|resolution|kernel|window|learningrate|^lr$|batchsize|session|^readers?$|^raters?$|annotator|physician|radiologist|subgroup|population/;

/** What the rows below a first title are. */
export function rowsBelow(title: string): 'classes' | 'systems' | undefined {
  const words = plain(title.replace(/[([][^()[\]]*[)\]]/g, '')) || plain(title);
  if (words === '') return undefined;
  if (CLASS_TITLES.test(words) && !/classifier|classification(?:model|method)/.test(words)) return 'classes';
  return SYSTEM_TITLES.test(words) ? 'systems' : undefined;
}

const SYSTEM_ROWS =
  /^(?:fold|run|epoch|seed|trial|split|cv|iteration|exp(?:eriment)?|model|method|reader|rater|annotator|radiologist|cohort|hospital|center|centre|site)\b[\s#-]*\d*|^(?:train(?:ing)?|val(?:id(?:ation)?)?|dev(?:elopment)?|test(?:ing)?|internal|external|hold-?out)(?: (?:set|data|cohort|split|part|validation|test|\d))*$|\bet al\b|\((?:19|20)\d\d[a-z]?\)|\bours?\b|\bproposed\b|\bbaseline\b|\b(?:cnn|svm|lstm|bert|vgg|resnet|mobilenet|transformer|xgboost|random forest|knn|ensemble|vit|gpt|efficientnet|densenet|regression|naive bayes|mlp|rnn|gru|adaboost)|\[\d+\]|\bonly\b|fusion|w\/o\b|\bwithout\b.*\bmodule\b/i;

const AGREEMENT = wordTable(
  {
    kappa:
      'kappa, κ, cohen kappa, cohens kappa, kappa statistic, kappa score, kappa value, kappa coefficient, coefficient kappa, ' +
      'cohen kappa score, cohens kappa score, cohens kappa coefficient, cohens κ, unweighted kappa, kappa index',
    mcc:
      'mcc, matthews correlation coefficient, matthews corrcoef, matthews correlation, mcc score, multiclass mcc, ' +
      'matthews coefficient, matthews correlation coefficient mcc, matthews cc',
  },
  (key) => key as AgreementMeasure,
);

/** Kappa or Matthews' correlation of all classes; a kappa that is called weighted, or a mean over classes, is another. */
export function agreementNamed(title: string): AgreementMeasure | undefined {
  return AGREEMENT.get(plain(title.replace(/\b(?:test|overall)\b/gi, '')));
}

/** Whether a row title names a system, a fold or the like. */
export function isSystemRow(title: string): boolean {
  return SYSTEM_ROWS.test(title.slice(0, 200));
}
