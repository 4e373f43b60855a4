import { Command } from 'commander';
import { DEFAULT_DETECTOR, DETECTOR_NAMES, DETECTORS } from '../../detect/face';
import { EXIT } from '../../errors';
import { checkFlags, type PredictFlags, perSecond } from './flags';
import { predictAll } from './work';

export function predictCommand(): Command {
  return new Command('predict')
    .argument('[pictures...]', 'pictures, folders of them, or - for one on standard input')
    .option(
      '--model <name>',
      'the published model that predicts; unless given, the best by validation accuracy',
    )
    .option('--run <folder>', 'a run whose network predicts instead')
    .option(
      '--detector <name>',
      `${DETECTOR_NAMES.join(', ')}, or none for pictures that are one face each`,
      DEFAULT_DETECTOR,
    )
    .option('--json', 'print everything as JSON')
    .option('--csv <file>', 'also write a row for each face')
    .option('--out <folder>', 'also write copies of the pictures with the faces drawn in')
    .option('--video <file>', 'look at the pictures of a video (needs ffmpeg)')
    .option('--fps <n>', 'pictures of the video that are looked at, a second', perSecond, 5)
    .addHelpText('after', HELP)
    .action(async (pictures: readonly string[], flags: PredictFlags) => {
      checkFlags(pictures, flags);
      await predictAll(pictures, flags);
    });
}

const HELP = `
Detectors:
${DETECTOR_NAMES.map((name) => `  ${name.padEnd(12)} ${DETECTORS[name]}`).join('\n')}

Examples:
  npx ferlab predict photo.jpg                      each face with its place and seven probabilities
  npx ferlab predict photos/ --csv faces.csv        a folder; one row a face
  npx ferlab predict --detector none faces/*.png    pictures that are cropped to one face each
  npx ferlab predict photo.jpg --out annotated/     a copy with the faces drawn in
  npx ferlab predict --video talk.mp4 --csv t.csv   times, places and probabilities

A picture is turned upright; each face is cut out as the images of the data are, its eyes levelled where they are known, and
made grey. A picture of exactly 48x48 pixels is a ready crop and is taken as it is. Probabilities are calibrated with the
temperature that fits the model's validation part. Exit status: ${EXIT.badInput} if a picture could not be read, else ${EXIT.noFace} if one shows no
face; the others are predicted all the same.`;
