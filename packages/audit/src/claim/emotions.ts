/** The emotions of the known data sets. */
export const EMOTIONS = [
  'angry',
  'disgust',
  'fear',
  'happy',
  'sad',
  'surprise',
  'neutral',
  'contempt',
] as const;
type Emotion = (typeof EMOTIONS)[number];

/** The same emotions by other words, in ten languages. */
const WORDS: Readonly<Record<Emotion, string>> = {
  angry:
    'anger, angriness, ang, an, ira, enojo, enfado, enojado, colère, colere, en colère, wut, ärger, wütend, raiva, rabbia, ' +
    'arrabbiato, boosheid, boos, kızgın, öfke, furie, 生气, 愤怒, 憤怒, 生氣, 怒り, 怒, 분노, 화남, злость, гнев, giận dữ, tức giận, marah',
  disgust:
    'disgusted, disgusting, dis, di, asco, disgusto, dégoût, degout, dégoûté, ekel, angeekelt, nojo, aversão, walging, ' +
    'iğrenme, tiksinti, dezgust, 厌恶, 厭惡, 噁心, 嫌悪, 혐오, отвращение, ghê tởm, jijik',
  fear:
    'fearful, afraid, scared, fea, fe, miedo, temor, peur, effrayé, angst, furcht, ängstlich, medo, paura, spaventato, bang, ' +
    'korku, frică, frica, 恐惧, 恐懼, 害怕, 恐怖, 恐れ, 공포, 두려움, страх, sợ hãi, takut',
  happy:
    'happiness, joy, joyful, hap, ha, alegría, alegria, felicidad, feliz, joie, bonheur, heureux, content, freude, glücklich, ' +
    'fröhlich, felicidade, gioia, felicità, felice, blij, blijdschap, mutlu, mutluluk, bucurie, 高兴, 快乐, 開心, 快樂, 高興, 喜び, ' +
    '幸福, 기쁨, 행복, радость, счастье, vui vẻ, hạnh phúc, senang, bahagia',
  sad:
    'sadness, sa, tristeza, triste, tristesse, trauer, traurig, traurigkeit, tristezza, verdriet, verdrietig, üzgün, üzüntü, ' +
    'tristețe, tristete, 悲伤, 悲傷, 难过, 難過, 悲しみ, 슬픔, грусть, печаль, buồn, sedih',
  surprise:
    'surprised, sur, su, sorpresa, sorprendido, surpris, überraschung, überrascht, surpresa, surpreso, sorpreso, verrassing, ' +
    'verbaasd, şaşkın, şaşkınlık, surpriză, surpriza, 惊讶, 驚訝, 吃惊, 驚喜, 驚き, 놀람, удивление, ngạc nhiên, terkejut',
  neutral:
    'neutrality, neu, ne, normal, neutro, neutre, neutralité, neutralität, neutralidad, neutrale, neutraal, nötr, nötür, doğal, ' +
    '中性, 中立, 平静, 平靜, 無表情, 중립, 무표정, нейтральный, нейтрально, trung tính, bình thường, netral',
  contempt:
    'contemptuous, con, desprecio, mépris, verachtung, desprezo, disprezzo, minachting, küçümseme, dispreț, 轻蔑, 輕蔑, 蔑視, 軽蔑, ' +
    '경멸, презрение, khinh bỉ',
};

/** Letters in lower case, accents taken off. */
function bare(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');
}

const BY_WORD: ReadonlyMap<string, Emotion> = new Map(
  EMOTIONS.flatMap((emotion) =>
    [emotion, ...WORDS[emotion].split(/,\s*/)].map((word) => [bare(word), emotion]),
  ),
);

/** The emotion that a class name stands for; a translation or another word in brackets behind it does not count. */
export function emotionOf(name: string): Emotion | undefined {
  const short = name.slice(0, 100);
  return BY_WORD.get(bare(short)) ?? BY_WORD.get(bare(short.replace(/[([{/].*$/, '')));
}
