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
const drawButton = element<HTMLButtonElement>('draw');
const cameraButton = element<HTMLButtonElement>('camera');
const chooser = element<HTMLInputElement>('file');

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

function show({ shown }: LiveFrame, { faces, milliseconds }: RecognizedPicture): void {
  drawStage(canvas, shown, faces);
  cards.show(faces);
  const text = (time: number) => `${time.toFixed(time < 10 ? 1 : 0)} ms`;
  const { detect, crop, classify } = milliseconds;
  times.textContent = `finding faces ${text(detect)}, cutting out ${text(crop)}, network ${text(classify)}`;
}

function describe({ faces, detector }: RecognizedPicture): string {
  if (detector === 'none') return 'A ready crop: taken as it is.';
  if (faces.length === 0)
    return 'No face was found. Take a picture in which a face is turned to the camera and well lit.';
  return faces.length === 1 ? 'One face was found.' : `${faces.length} faces were found.`;
}

/** Begins something new; what was going on ends. @param work gets whether it is still what the reader asked for */
async function begin(work: (isWanted: () => boolean) => Promise<void>): Promise<void> {
  endFilming();
  const own = ++wish;
  const isWanted = () => own === wish;
  try {
    await work(isWanted);
  } catch (error) {
    if (isWanted()) complain(error);
  }
}

/** Recognises the faces of one picture. */
const look = (recognizer: LiveRecognizer, open: () => LiveFrame | Promise<LiveFrame>) =>
  begin(async (isWanted) => {
    say('Looking for faces …');
    const frame = await open();
    const result = await recognizer.recognize(frame);
    if (!isWanted()) return;
    show(frame, result);
    say(describe(result));
  });

const draw = (recognizer: LiveRecognizer) => look(recognizer, () => frameOfDrawing(drawing++, drawn));

const film = (recognizer: LiveRecognizer) =>
  begin(async (isWanted) => {
    say('Waiting for the webcam …');
    await camera.start();
    if (!isWanted()) return camera.stop();
    setFilming(true);
    say('The webcam is on. Its pictures stay in this page.');
    await showVideo(recognizer, isWanted);
    if (isWanted()) stopFilming();
  });

/** While the worker looks at a picture, the next one is taken. */
async function showVideo(recognizer: LiveRecognizer, isWanted: () => boolean): Promise<void> {
  const speed = new Speed();
  const take = async () => {
    const frame = await camera.next();
    return frame && { frame, result: recognizer.recognize(frame) };
  };
  for (let taken = await take(); taken; ) {
    const following = await take();
    const result = await taken.result;
    if (!isWanted()) return;
    show(taken.frame, result);
    speed.count(performance.now());
    times.textContent += `; ${speed.perSecond().toFixed(1)} pictures a second`;
    taken = following;
  }
}

function setFilming(on: boolean): void {
  isFilming = on;
  cameraButton.textContent = on ? 'Stop the webcam' : 'Start the webcam';
}

function endFilming(): void {
  camera.stop();
  setFilming(false);
}

function stopFilming(): void {
  endFilming();
  wish++;
  say('The webcam is off.');
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

async function main(): Promise<void> {
  say('Loading the networks …');
  const recognizer = await LiveRecognizer.open();
  drawButton.addEventListener('click', () => draw(recognizer));
  cameraButton.addEventListener('click', () => (isFilming ? stopFilming() : film(recognizer)));
  takeFiles((file) => look(recognizer, () => frameOfFile(file)));
  for (const control of [drawButton, chooser, cameraButton]) control.disabled = false;
  await draw(recognizer);
}

main().catch(complain);
