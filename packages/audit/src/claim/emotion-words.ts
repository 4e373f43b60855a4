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
export type Emotion = (typeof EMOTIONS)[number];

/**
 * What the emotions are called, by language: English, Spanish, French, German, Portuguese, Italian, Dutch, Catalan,
 * Romanian, Scandinavian, Finnish, Polish, Czech and Slovak, Hungarian, Greek, Turkish, Russian, Ukrainian and Bulgarian,
 * Arabic, Persian, Hebrew, Hindi, Thai, Vietnamese, Indonesian and Malay, Chinese, Japanese, Korean. A word that stands
 * under two emotions is ambiguous.
 */
export const WORDS: Readonly<Record<Emotion, string>> = {
  angry: `anger, angriness, angered, mad, rage, upset
    enojo, enojado, enojada, enfado, enfadado, enfadada, ira, rabia, cólera, furia, furioso, furiosa, disgustado, disgustada
    colère, en colère, fâché, fâchée, furieux, furieuse, énervé, énervée, Wut, wütend, wuetend, Ärger, Aerger, verärgert, Zorn, zornig
    raiva, zangado, zangada, irritado, irritada, rabbia, arrabbiato, arrabbiata, collera, boos, boosheid, woede, kwaad
    enuig, enfadat, ràbia, furie, mânie, furios, supărat, supărată, ilska, arg, vred, vrede, sinne, sint, viha, vihainen
    złość, gniew, zły, zła, rozgniewany, hněv, vztek, zlost, hnev, naštvaný, nahnevaný, harag, düh, dühös, mérges
    θυμός, οργή, θυμωμένος, kızgın, kızgınlık, öfke, öfkeli, sinirli, злость, гнев, злой, злая, сердитый, ярость, злість, гнів, злий, гняв
    غضب, غاضب, غاضبة, خشم, عصبانی, عصبانیت, כעס, כועס, गुस्सा, क्रोध, क्रोधित, โกรธ, ความโกรธ, giận dữ, tức giận, giận, marah, kemarahan
    生气, 生氣, 愤怒, 憤怒, 发怒, 怒, 怒り, いかり, イカリ, 怒る, 怒っている, 분노, 화남, 화, 화난`,
  disgust: `disgusted, disgusting, disgustedness, revulsion
    asco, asqueado, asqueada, disgusto, repugnancia, repulsión, disgustado, disgustada, dégoût, dégoûté, dégoûtée, Ekel, angeekelt, angewidert, Abscheu
    nojo, enojado, enojada, aversão, repulsa, repugnância, disgustato, disgustata, schifo, walging, afkeer, walgend, fàstic
    dezgust, dezgustat, avsky, äckel, afsky, væmmelse, inho, wstręt, obrzydzenie, zniesmaczenie, znechucení, odpor, znechutenie, hnus
    undor, αηδία, iğrenme, iğrenmiş, tiksinti, tiksinme, отвращение, омерзение, брезгливость, відраза, огида, погнуса
    اشمئزاز, مشمئز, قرف, انزجار, تنفر, גועל, דחייה, घृणा, घिन, รังเกียจ, ขยะแขยง, ghê tởm, kinh tởm, jijik
    厌恶, 厭惡, 恶心, 噁心, 嫌恶, 嫌惡, 嫌悪, 嫌悪感, けんお, ケンオ, 혐오, 역겨움, 혐오감`,
  fear: `fearful, afraid, scared, frightened, fright, shock, shocked
    miedo, temor, asustado, asustada, temeroso, susto, espanto, peur, effrayé, effrayée, apeuré, apeurée, crainte, Angst, Furcht, ängstlich, aengstlich, verängstigt
    medo, assustado, assustada, com medo, paura, spaventato, spaventata, spavento, impaurito, impaurita, bang, angstig, vrees
    frică, teamă, speriat, speriată, rädsla, rädd, frygt, frykt, bange, redd, redsel, pelko, pelokas, strach, lęk, przestraszony, vystrašený
    félelem, félős, φόβος, φοβισμένος, korku, korkmuş, korkulu, страх, испуг, испуганный, боязнь, переляк
    خوف, خائف, خائفة, ترس, ترسیده, פחד, מפוחד, डर, भय, डरा हुआ, กลัว, ความกลัว, ตกใจ, sợ hãi, sợ, takut, ketakutan
    恐惧, 恐懼, 害怕, 惧怕, 懼怕, 恐怖, 恐れ, 怖い, おそれ, きょうふ, キョウフ, 공포, 두려움, 무서움`,
  happy: `happiness, joy, joyful, glad, cheerful
    felicidad, feliz, alegría, alegre, contento, contenta, gozo, joie, joyeux, joyeuse, bonheur, heureux, heureuse, Freude, fröhlich, froehlich, froh, glücklich, gluecklich, Glück
    felicidade, alegria, gioia, felicità, felice, allegria, allegro, allegra, blij, blijdschap, vreugde, gelukkig, geluk, vrolijk, felicitat, feliç, alegre
    bucurie, fericire, fericit, fericită, glädje, lycklig, lycka, glæde, glede, lykkelig, lykke, ilo, iloinen, onnellinen
    radość, szczęście, szczęśliwy, szczęśliwa, wesoły, radost, štěstí, šťastný, radosť, šťastie, öröm, boldogság, boldog, vidám, χαρά, ευτυχία, χαρούμενος, ευτυχισμένος
    mutlu, mutluluk, sevinç, neşe, neşeli, радость, счастье, счастливый, счастливая, радостный, веселье, радість, щастя, щасливий, радост, щастие
    سعادة, سعيد, سعيدة, فرح, فرحان, شادی, خوشحال, خوشحالی, שמחה, שמח, אושר, खुशी, खुश, प्रसन्न, प्रसन्नता, आनंद, มีความสุข, ดีใจ, ความสุข, vui vẻ, vui, hạnh phúc, senang, bahagia, gembira, kebahagiaan
    高兴, 高興, 快乐, 快樂, 开心, 開心, 喜悦, 喜悅, 愉快, 幸福, 欢喜, 歡喜, 惊喜, 驚喜, 喜び, よろこび, ヨロコビ, 幸せ, しあわせ, 嬉しい, うれしい, 喜, 기쁨, 행복, 행복함, 즐거움`,
  sad: `sadness, sorrow, sorrowful, unhappy, upset
    tristeza, triste, disgustado, disgustada, tristesse, Trauer, traurig, Traurigkeit, tristezza, verdriet, verdrietig, droevig, bedroefd, tristesa, trist, tristă
    tristețe, supărat, supărată, sorg, sorgsen, ledsen, tristhed, tristhet, bedrøvet, suru, surullinen, smutek, smutny, smutna, smutný, smútok, zármutek
    szomorúság, szomorú, λύπη, θλίψη, λυπημένος, θλιμμένος, üzgün, üzüntü, hüzün, hüzünlü, грусть, печаль, грустный, грустная, печальный, сум, смуток, сумний, тъга
    حزن, حزين, حزينة, غم, غمگین, ناراحت, ناراحتی, اندوه, עצב, עצוב, עצבות, उदासी, उदास, दुख, दुखी, เศร้า, เสียใจ, ความเศร้า, buồn, buồn bã, sedih, kesedihan
    悲伤, 悲傷, 难过, 難過, 伤心, 傷心, 悲哀, 忧伤, 悲しみ, かなしみ, カナシミ, 悲しい, かなしい, 哀, 슬픔, 슬픈`,
  surprise: `surprised, suprise, suprised, astonished, astonishment, amazed, amazement, shock, shocked
    sorpresa, sorprendido, sorprendida, asombro, asombrado, susto, espanto, surpris, surprise, étonné, étonnée, étonnement, Überraschung, Ueberraschung, überrascht, ueberrascht, Erstaunen, erstaunt
    surpresa, surpreso, sorpreso, stupore, stupito, stupita, verrassing, verrast, verbaasd, verbazing, sorprès
    surpriză, surprins, surprinsă, uimire, överraskning, överraskad, förvåning, förvånad, overraskelse, overrasket, yllätys, yllättynyt, hämmästys
    zaskoczenie, zaskoczony, zdziwienie, zdziwiony, překvapení, překvapený, prekvapenie, prekvapený, údiv, meglepetés, meglepett, meglepődött, meglepődés, έκπληξη, έκπληκτος
    şaşkın, şaşkınlık, şaşırmış, şaşırma, sürpriz, удивление, удивлённый, удивленная, изумление, здивування, подив, здивований, изненада
    مفاجأة, دهشة, اندهاش, متفاجئ, مندهش, تعجب, شگفتی, متعجب, הפתעה, מופתע, आश्चर्य, हैरान, हैरानी, ประหลาดใจ, แปลกใจ, ตกใจ, ngạc nhiên, bất ngờ, terkejut, kaget
    惊讶, 驚訝, 吃惊, 吃驚, 惊奇, 驚奇, 惊喜, 驚喜, 驚き, おどろき, オドロキ, 驚く, 驚いた, 놀람, 놀라움, 놀란`,
  neutral: `neutrality, neutralness
    neutro, neutra, neutralidad, inexpresivo, neutre, neutralité, Neutralität, neutralidade, neutrale, neutralità, neutraal, neutralitat, neutru, neutră, nøytral, neutraali
    neutralny, neutralna, neutralność, obojętny, neutrální, neutrálny, neutralita, semleges, ουδέτερο, ουδέτερος, ουδέτερη
    nötr, nötür, нейтральный, нейтральная, нейтральное, нейтрально, нейтральность, нейтральність, нейтральний, неутрално, неутрален
    محايد, محايدة, حياد, خنثی, بی‌تفاوت, ניטרלי, נייטרלי, तटस्थ, เป็นกลาง, เฉยๆ, trung tính, trung lập, netral
    中性, 中立, 平静, 平靜, 无表情, 無表情, 面无表情, 真顔, ニュートラル, 중립, 무표정, 중성`,
  contempt: `contemptuous, scorn
    desprecio, mépris, Verachtung, desprezo, disprezzo, minachting, menyspreu, dispreț, förakt, foragt, forakt, halveksunta
    pogarda, opovržení, pohrdání, pohŕdanie, megvetés, περιφρόνηση, küçümseme, презрение, зневага, презрение
    احتقار, ازدراء, تحقیر, בוז, तिरस्कार, ดูถูก, khinh bỉ, khinh thường, 轻蔑, 輕蔑, 蔑视, 蔑視, 鄙视, 軽蔑, けいべつ, 경멸`,
};

/** Short forms, and words that mean much else: they count in a printed table, but not as the name of a folder. */
export const SHORT_FORMS: Readonly<Record<Emotion, string>> = {
  angry: 'ang, an',
  disgust: 'dis, di',
  fear: 'fea, fe',
  happy: 'hap, ha, content',
  sad: 'sa',
  surprise: 'sur, su',
  neutral: 'neu, ne, normal, doğal, bình thường',
  contempt: 'con',
};
