import type { MeanKind } from '../claim/claim';
import { plain, wordTable } from './words';

/** Row titles that stand for means over the classes. */
const MEANS = wordTable(
  {
    macro:
      'macro avg, macro average, macro, macro-average, macro mean, avg macro, mean macro, macro promedio, ' +
      'promedio macro, moyenne macro, media macro, makro, 宏平均, マクロ平均',
    weighted:
      'weighted avg, weighted average, weighted, weighted avg., weighted mean, avg / total, avg weighted, ' +
      'promedio ponderado, moyenne pondérée, média ponderada, media ponderata, gewichtet, 加权平均, 加權平均, 加重平均',
    micro: 'micro avg, micro average, micro, micro-average, micro mean, 微平均',
    unspecified:
      'overall, average, avg, avg., mean, total, all, overall average, promedio, moyenne, média, media, durchschnitt, ' +
      'mittelwert, medie, ortalama, 平均, 总体, 整體, 全体, среднее',
  },
  (key) => key as MeanKind,
);

/** The kind of mean that a row title names, by the whole title or by its words. */
export function meanOf(title: string): MeanKind | undefined {
  return MEANS.get(plain(title)) ?? meanOfWords(title);
}

/** Words that mean titles are put together of; those without a kind say only that it is a mean. */
const MEAN_WORDS = wordTable(
  {
    macro: 'macro, makro, unweighted, ungewichtet, ungewichteter, ungewichtetes, uar',
    weighted:
      'weighted, wtd, gewichtet, gewichteter, gewichtetes, gewogen, gewogenes, ponderado, ponderada, pondérée, pondéré, ' +
      'ponderata, взвешенное',
    micro: 'micro, mikro',
    unspecified:
      'avg, average, averages, averaged, mean, means, total, overall, all, ' +
      'mittelwert, durchschnitt, mittel, gesamt, promedio, moyenne, media, média, medio, toplam, ortalama, среднее',
    company: 'w, class, classes, categories, emotions, score, images, samples, items, instances, grand',
  },
  (key) => key as MeanKind | 'company',
);

function meanOfWords(title: string): MeanKind | undefined {
  if (/^\s*[ΣØø∑μµ⌀]\s*$/.test(title)) return 'unspecified';
  const words = title.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  const kinds = words.map((word) => MEAN_WORDS.get(plain(word)));
  const said = kinds.filter((kind) => kind !== 'company');
  if (words.length < 2 || said.length === 0 || said.includes(undefined)) return undefined;
  if (/^w\.? /i.test(title.trim())) said.push('weighted');
  const stated = new Set(said.filter((kind) => kind !== 'unspecified'));
  if (stated.size > 1) return undefined;
  return ([...stated][0] as MeanKind | undefined) ?? 'unspecified';
}
