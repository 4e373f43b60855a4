import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { DETECTOR_NAMES, type DetectorName } from '../../detect/face';
import { EXIT, FerlabError } from '../../errors';
import { checkFfmpeg } from '../../predict/video';
import { isFolder, pictureNames, STANDARD_INPUT } from './inputs';

export interface PredictFlags {
  readonly model?: string;
  readonly run?: string;
  readonly detector: DetectorName | 'none';
  readonly json?: boolean;
  readonly csv?: string;
  readonly out?: string;
  readonly video?: string;
  readonly fps: number;
}

/** Parses pictures a second. */
export function perSecond(text: string): number {
  const number = Number(text);
  if (!(number > 0 && number <= 240))
    throw new InvalidArgumentError('a number above 0 and up to 240 is needed');
  return number;
}

/** Refuses what can't work before anything is loaded. @throws FerlabError */
export function checkFlags(pictures: readonly string[], flags: PredictFlags): void {
  if (flags.model && flags.run) {
    throw new FerlabError('--model and --run were both given', {
      remedy: 'give only the one that is to predict',
    });
  }
  const detectors: readonly string[] = [...DETECTOR_NAMES, 'none'];
  if (!detectors.includes(flags.detector)) {
    throw new FerlabError(`there is no face detector "${flags.detector}"`, {
      remedy: `choose among ${detectors.join(', ')}`,
    });
  }
  checkSources(pictures, flags);
  if (flags.csv) checkFile(flags.csv);
  if (flags.out && existsSync(flags.out) && !isFolder(flags.out)) {
    throw new FerlabError(`${flags.out} is a file, not a folder`, {
      remedy: 'name another folder for --out',
    });
  }
  if (flags.video && flags.detector === 'none') {
    throw new FerlabError('--video needs a face detector', {
      remedy: `choose ${DETECTOR_NAMES.join(' or ')}`,
    });
  }
  if (flags.video) checkFfmpeg();
}

function checkSources(pictures: readonly string[], { video }: PredictFlags): void {
  if (pictures.length === 0 && !video) {
    throw new FerlabError('no picture was given', {
      remedy: 'name pictures, a folder, or a video with --video',
    });
  }
  if (pictures.length > 0 && video) {
    throw new FerlabError('pictures and --video were both given', { remedy: 'give the one or the other' });
  }
  if (video && !statSync(video, { throwIfNoEntry: false })?.isFile()) {
    throw new FerlabError(`${video}: no such file`, { remedy: 'correct the path' });
  }
  if (!video && pictureNames(pictures).next().done) {
    throw new FerlabError(`there is no picture in ${pictures.join(', ')}`, {
      remedy: 'name pictures, or a folder that holds some',
    });
  }
  if (pictures.filter((name) => name === STANDARD_INPUT).length > 1) {
    throw new FerlabError('standard input was named twice', { remedy: 'name - once' });
  }
}

function checkFile(path: string): void {
  if (isFolder(path)) {
    throw new FerlabError(`${path} is a folder, not a file`, { remedy: 'name a file for --csv' });
  }
  const folder = dirname(resolve(path));
  if (isFolder(folder)) return;
  throw new FerlabError(`${path}: there is no folder ${folder}`, {
    remedy: 'make it first',
    exitStatus: EXIT.failure,
  });
}
