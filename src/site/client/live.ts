import { FerlabError } from '../../errors';
import type { RecognizedPicture } from '../../predict/recognize';
import { element, pageData } from './dom';
import { Camera } from './live/camera';
import { FaceCards } from './live/face-cards';
import { frameOfDrawing, frameOfFile, type LiveFrame } from './live/frame';
import { LiveRecognizer } from './live/recognizer';
import { Speed } from './live/speed';
import { drawStage } from './live/stage';

interface LivePageData {
  /** Labels of the people that are drawn. */
  readonly drawn: readonly number[];
  /** Pixels of the longer side at which pictures of the webcam are searched. */
  readonly videoSide: number;
}

const { drawn, videoSide } = pageData<LivePageData>('live-data');
const [canvas, status, times] = [element<HTMLCanvasElement>('stage'), element('status'), element('times')];
const cards = new FaceCards(element('faces'));
const camera = new Camera(element<HTMLVideoElement>('video'), videoSide);
const cameraButton = element<HTMLButtonElement>('camera');
const chooser = element<HTMLInputElement>('file');
const controls = [element<HTMLButtonElement>('draw'), chooser, cameraButton];

/** Counts what the reader asked for: what comes late for an earlier wish is not shown. */
let wish = 0;
let isFilming = false;
/** The first drawing shows what a picture with several faces looks like: the detector finds all three. */
let drawing = 6;

function say(text: string): void {
  status.textContent = text;
}

/** Shows what goes wrong in the page, with what to do about it. */
function complain(error: unknown): void {
  const { message } = error as Error;
  const remedy = error instanceof FerlabError && error.remedy ? `: ${error.remedy}` : '';
  say(`${message}${remedy}`);
}

function show(frame: LiveFrame, result: RecognizedPicture): void {
  drawStage(canvas, frame.shown, result.faces);
  cards.show(result.faces);
  const { detect, crop, classify } = result.milliseconds;
  const text = (milliseconds: number) => `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
  times.textContent = `finding faces ${text(detect)}, cutting out ${text(crop)}, network ${text(classify)}`;
}

function describe({ faces, detector }: RecognizedPicture): string {
  if (detector === 'none') return 'A ready crop: taken as it is.';
  if (faces.length === 0)
    return 'No face was found. Take a picture in which a face is turned to the camera and well lit.';
  return faces.length === 1 ? 'One face was found.' : `${faces.length} faces were found.`;
}

async function main(): Promise<void> {
  say('Loading the networks …');
  const recognizer = await LiveRecognizer.open();

  async function look(open: () => LiveFrame | Promise<LiveFrame>): Promise<void> {
    const own = stopFilming();
    say('Looking for faces …');
    const frame = await open();
    const result = await recognizer.recognize(frame);
    if (own !== wish) return;
    show(frame, result);
    say(describe(result));
  }

  async function film(): Promise<void> {
    const own = stopFilming();
    say('Waiting for the webcam …');
    await camera.start();
    if (own !== wish) return camera.stop();
    setFilming(true);
    say('The webcam is on. Its pictures stay in this page.');
    await showVideo(own);
    if (own === wish) {
      stopFilming();
      say('The webcam is off.');
    }
  }

  /** While the worker looks at a picture, the next one is taken. */
  async function showVideo(own: number): Promise<void> {
    const speed = new Speed();
    const take = async () => {
      const frame = await camera.next();
      return frame && { frame, result: recognizer.recognize(frame) };
    };
    for (let taken = await take(); taken && own === wish; ) {
      const following = await take();
      const result = await taken.result;
      if (own !== wish) return;
      show(taken.frame, result);
      speed.count(performance.now());
      times.textContent += `; ${speed.perSecond().toFixed(1)} pictures a second`;
      taken = following;
    }
  }

  const draw = () => look(() => frameOfDrawing(drawing++, drawn));
  element('draw').addEventListener('click', () => draw().catch(complain));
  cameraButton.addEventListener('click', () => {
    if (!isFilming) film().catch(complain);
    else {
      stopFilming();
      say('The webcam is off.');
    }
  });
  takeFiles((file) => look(() => frameOfFile(file)).catch(complain));
  for (const control of controls) control.disabled = false;
  await draw();
}

function setFilming(on: boolean): void {
  isFilming = on;
  cameraButton.textContent = on ? 'Stop the webcam' : 'Start the webcam';
}

/** Ends what was asked for before. @returns the number of the new wish */
function stopFilming(): number {
  camera.stop();
  setFilming(false);
  return ++wish;
}

/** Files that are chosen, dropped or pasted. */
function takeFiles(take: (file: File) => void): void {
  const takeFirst = (files: FileList | undefined | null) => files?.[0] && take(files[0]);
  chooser.addEventListener('change', () => {
    takeFirst(chooser.files);
    chooser.value = '';
  });
  document.addEventListener('paste', ({ clipboardData }) => takeFirst(clipboardData?.files));
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    takeFirst(event.dataTransfer?.files);
  });
}

main().catch(complain);
