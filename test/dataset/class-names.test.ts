import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EMOTIONS, WORDS } from '@ferlab/audit/dist/claim/emotion-words';
import { emotionsNamed } from '@ferlab/audit/dist/claim/emotions';
import sharp from 'sharp';
import { describeCopy } from '../../src/dataset/describe';
import { loadDataset } from '../../src/dataset/load';
import { labelOfName, meaningsOfName } from '../../src/dataset/spec';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { JAFFE } from '../../src/dataset/specs/jaffe';
import { FerlabError } from '../../src/errors';
import { parquetOf } from '../fuzz/parquet-file';
import { pixelText, scratchFolder, writeCsv } from './files';

/** In the order of the labels. */
const LANGUAGES: Readonly<Record<string, string>> = {
  French: 'Colère,Dégoût,Peur,Joie,Tristesse,Surprise,Neutre',
  German: 'Wut,Ekel,Angst,Freude,Trauer,Überraschung,Neutral',
  'German without umlauts': 'wuetend,ekel,aengstlich,gluecklich,traurig,ueberraschung,neutral',
  Spanish: 'enojo,asco,miedo,felicidad,tristeza,sorpresa,neutral',
  Italian: 'rabbia,disgusto,paura,felicità,tristezza,sorpresa,neutro',
  Portuguese: 'raiva,nojo,medo,alegria,tristeza,surpresa,neutro',
  Dutch: 'boos,walging,angst,blij,verdrietig,verrassing,neutraal',
  Swedish: 'ilska,avsky,rädsla,glädje,sorg,överraskning,neutral',
  Polish: 'złość,wstręt,strach,radość,smutek,zaskoczenie,neutralny',
  Turkish: 'KIZGIN,İĞRENME,KORKU,MUTLU,ÜZGÜN,ŞAŞKIN,NÖTR',
  Russian: 'злость,отвращение,страх,радость,грусть,удивление,нейтральный',
  Greek: 'ΘΥΜΌΣ,αηδία,φόβος,χαρά,λύπη,έκπληξη,ουδέτερο',
  Arabic: 'غضب,اشمئزاز,خوف,سعادة,حزن,مفاجأة,محايد',
  Persian: 'خشم,انزجار,ترس,شادی,غم,تعجب,خنثی',
  Hebrew: 'כעס,גועל,פחד,שמחה,עצב,הפתעה,ניטרלי',
  Hindi: 'गुस्सा,घृणा,डर,खुशी,उदासी,आश्चर्य,तटस्थ',
  Chinese: '生气,厌恶,害怕,高兴,悲伤,惊讶,中性',
  'Traditional Chinese': '憤怒,厭惡,恐懼,快樂,難過,驚訝,平靜',
  Japanese: '怒り,嫌悪,恐怖,喜び,悲しみ,驚き,無表情',
  Korean: '분노,혐오,공포,기쁨,슬픔,놀람,중립',
  Vietnamese: 'tức giận,ghê tởm,sợ hãi,vui vẻ,buồn,ngạc nhiên,trung tính',
  Indonesian: 'marah,jijik,takut,senang,sedih,terkejut,netral',
};

const refusal = (pattern: RegExp) => (error: unknown) =>
  error instanceof FerlabError && error.exitStatus === 2 && !!error.remedy && pattern.test(error.message);

test('classes are known by their names in other languages, in either Unicode form and any case', () => {
  for (const [language, line] of Object.entries(LANGUAGES)) {
    const names = line.split(',');
    const turkish = language === 'Turkish' ? 'tr' : undefined;
    for (const form of [
      names,
      names.map((name) => name.normalize('NFD')),
      names.map((name) => name.toLocaleUpperCase(turkish)),
    ])
      assert.deepEqual(
        form.map((name) => labelOfName(FER2013, name)),
        [0, 1, 2, 3, 4, 5, 6],
        `${language}: ${form}`,
      );
  }
  assert.equal(labelOfName(FER2013, 'ｈａｐｐｙ'), 3, 'full width');
  assert.equal(labelOfName(FER2013, 'ｲｶﾘ'), 0, 'half width');
  assert.equal(JAFFE.classes[labelOfName(JAFFE, 'tristesse')], 'Sadness', 'whatever the data set calls it');
});

test('a name that is unknown, short or ambiguous stands for no class', () => {
  for (const name of ['calm', 'mépris', 'happy2', 'an', 'sur', 'content', 'normal', 'batch', '', '好'])
    assert.equal(labelOfName(FER2013, name), -1, name);
  assert.deepEqual(meaningsOfName(FER2013, 'enojado'), ['Angry', 'Disgust']);
  assert.deepEqual(meaningsOfName(FER2013, '驚喜'), ['Happy', 'Surprise']);
  assert.deepEqual(meaningsOfName(FER2013, 'joie'), []);
  for (const name of ['enojado', '驚喜', 'shocked', 'upset'])
    assert.equal(labelOfName(FER2013, name), -1, name);
});

test('a word means what its line says, and no more than one emotion unless it is known to', () => {
  const unsure = new Set<string>();
  for (const emotion of EMOTIONS) {
    for (const word of WORDS[emotion].split(/[,\n]/)) {
      const found = emotionsNamed(word);
      assert.ok(found.includes(emotion), word);
      if (found.length > 1) unsure.add(word.trim().toLowerCase());
    }
  }
  assert.deepEqual(
    [...unsure].sort(),
    'disgustada,disgustado,enojada,enojado,espanto,shock,shocked,supărat,supărată,susto,upset,ตกใจ,惊喜,驚喜'
      .split(',')
      .sort(),
  );
});

async function writeFolders(folder: string, names: readonly string[]): Promise<string> {
  for (const [label, name] of names.entries()) {
    const background = { r: 10 + label, g: 10 + label, b: 10 + label };
    const picture = await sharp({ create: { width: 48, height: 48, channels: 3, background } })
      .png()
      .toBuffer();
    for (const part of ['train', 'test']) {
      mkdirSync(join(folder, part, name), { recursive: true });
      writeFileSync(join(folder, part, name, `${label}.png`), picture);
    }
  }
  return folder;
}

test('folders and columns in other languages are read as their classes', async (t) => {
  const folder = scratchFolder(t);
  for (const language of ['French', 'Turkish', 'Arabic', 'Korean', 'Traditional Chinese']) {
    const names = LANGUAGES[language]!.split(',');
    const decomposed = names.map((name) => name.normalize('NFD')); // as macOS writes them
    const path = await writeFolders(join(folder, language), decomposed);
    const dataset = await loadDataset({ path });
    for (let row = 0; row < dataset.count; row++)
      assert.equal(dataset.images[row * 2304], 10 + dataset.labels[row]!, language);
    assert.equal(describeCopy(dataset).classEvidence, 'by their names');
    const lines = names.map((name, i) => `${name},${pixelText(i)},Training`);
    const table = writeCsv(folder, ['emotion,pixels,Usage', ...lines], `${language}.csv`);
    assert.deepEqual([...(await loadDataset({ path: table })).labels], [0, 1, 2, 3, 4, 5, 6], language);
  }
});

test('an ambiguous name is refused with what it can mean', async (t) => {
  const folder = scratchFolder(t);
  const spanish = 'enojado,asco,miedo,feliz,triste,sorpresa,neutral'.split(',');
  const path = await writeFolders(join(folder, 'data'), spanish);
  await assert.rejects(
    loadDataset({ path }),
    refusal(/no picture of Angry, .*can mean several classes.*enojado/),
  );
  for (const first of [0, 1]) {
    const lines = spanish
      .slice(first)
      .concat(spanish)
      .map((name, i) => `${name},${pixelText(i)},Training`);
    const table = writeCsv(folder, ['emotion,pixels,Usage', ...lines], `${first}.csv`);
    await assert.rejects(
      loadDataset({ path: table }),
      refusal(/emotion "enojado" can mean Angry or Disgust/),
    );
  }
});

test('a copy in a folder that is called after an emotion keeps all its classes', async (t) => {
  const folder = scratchFolder(t);
  for (const root of ['happy', 'unhappy', 'wut']) {
    const { labels } = await loadDataset({ path: await writeFolders(join(folder, root), FER2013.classes) });
    assert.deepEqual([...new Set(labels)].sort(), [0, 1, 2, 3, 4, 5, 6], root);
  }
  const nested = FER2013.classes.map((name) => (name === 'Sad' ? 'Sad/Happy' : name));
  const path = await writeFolders(join(folder, 'data'), nested);
  await assert.rejects(loadDataset({ path }), refusal(/no picture of Sad, .*name two classes/));
});

test('two names of one class beside each other are said', async (t) => {
  const path = await writeFolders(scratchFolder(t), [...FER2013.classes, 'joy', 'Happy ']);
  const notes = describeCopy(await loadDataset({ path })).notes.join();
  assert.match(notes, /folders of one class, and all are read: .*joy/);
  assert.doesNotMatch(notes, /Angry/);
});

test('the names in the description of a parquet table count where they lack a class or have one more', async (t) => {
  const folder = scratchFolder(t);
  const read = async (names: readonly string[], numbers: readonly number[]) => {
    const path = join(folder, 'train.parquet');
    const pixels = numbers.map((_, i) => Buffer.from(pixelText(i)));
    const columns = [
      { name: 'pixels', bytes: pixels, isText: true },
      { name: 'label', numbers, type: 'i64' as const },
    ];
    const description = JSON.stringify({ info: { features: { label: { names } } } });
    writeFileSync(path, parquetOf(columns, numbers.length, { huggingface: description }));
    return [...(await loadDataset({ path })).labels];
  };
  assert.deepEqual(
    await read(['rabbia', 'paura', 'gioia', 'neutro', 'tristezza', 'sorpresa'], [0, 1, 2, 3, 4, 5]),
    [0, 2, 3, 6, 4, 5],
  );
  assert.deepEqual(await read([...FER2013.classes, 'contempt'].reverse(), [1, 7]), [6, 0]);
  await assert.rejects(
    read([...FER2013.classes, 'contempt'], [7]),
    refusal(/row 1: label "7" is not a class/),
  );
  await assert.rejects(
    read(['joy', 'happy', 'sad', 'fear', 'angry', 'surprise', 'neutral'], [0, 1]),
    refusal(/nothing shows their order/),
  );
});
