import { MTCNN_LICENCE } from '../live/files';
import type { ShownNetwork } from '../live/network';
import type { Page } from '../page';
import { dataElement, type Html, html } from '../parts/html';

/** Labels of the people that are drawn: those of the sample for which the detector finds a face most often. */
const DRAWN = [0, 3, 6];

/**
 * What the live page may do: run its own scripts and WebAssembly, and start a worker from them. It may talk to nobody, not
 * even to the server that it came from.
 */
export const LIVE_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  'worker-src blob:',
  "style-src 'self'",
  'img-src data:', // the empty icon
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Pixels of the longer side at which pictures of the webcam are searched: a face is near there, and time is short. */
const VIDEO_SIDE = 160;

/** The page that finds faces and recognises emotions in the browser. */
export function livePage(network: ShownNetwork, link: (name: string) => string | null): Page {
  const { side } = network.run.record.dataset;
  return {
    file: 'live.html',
    title: 'Try it in your browser',
    policy: LIVE_POLICY,
    body: html`<p class="lead">A published network runs in this page, on drawn faces, on a picture of yours or on your webcam. Nothing leaves your machine: the page is forbidden to send anything anywhere.</p>
<p class="warning"><strong>Not for judging people.</strong> The network names the word by which similar pictures were labelled. It does not know what a person feels, and gives ${percent(1 - network.accuracy)} % of its test pictures another label. Article 5(1)(f) of the EU AI Act prohibits inferring the emotions of people at work and in education. ${ethicsLink(link)}</p>
<div class="controls live-controls"><button type="button" id="draw" disabled>Draw faces</button>
<label class="file">Picture <input type="file" id="file" accept="image/*" disabled></label>
<button type="button" id="camera" disabled>Start the webcam</button></div>
<p id="status" role="status">The page's script has not started. It needs JavaScript. If you opened this page from a file, your browser may forbid it there: run <code>npx ferlab demo</code>, or open the folder through a web server.</p>
<div class="live"><div><canvas id="stage" width="640" height="480" role="img" aria-label="the picture with a box around each face that was found"></canvas>
<p class="note" id="times"></p></div>
<ul id="faces" class="face-cards" aria-label="Faces"></ul></div>
<video id="video" muted playsinline hidden></video>
<p class="note">You can also drop a picture on the page or paste one. Detectors are made for photographs: they miss some of the drawn faces. A picture of exactly ${side}x${side} pixels is a ready crop and is taken as it is.</p>
${howItWorks(network, link)}
${dataElement('live-data', { drawn: DRAWN, videoSide: VIDEO_SIDE })}`,
    scripts: ['assets/live.js'],
  };
}

function ethicsLink(link: (name: string) => string | null): Html {
  const page = link('ethics.html');
  return page === null ? html`` : html`<a href="${page}">Ethics and misuse</a>`;
}

const percent = (share: number) => (100 * share).toFixed(2);

function howItWorks(
  { name, accuracy, interval: [low, high], count }: ShownNetwork,
  link: (name: string) => string | null,
): Html {
  const card = link(`model-${name}.html`);
  const shown = card === null ? html`${name}` : html`<a href="${card}">${name}</a>`;
  return html`<h2>What you see</h2>
<ul>
<li>The network is ${shown}. It gives ${percent(accuracy)} % of ${count.toLocaleString('en')} test images their label (95 % interval ${percent(low)} to ${percent(high)}). The probabilities are calibrated on its validation part.</li>
<li>MTCNN finds the faces (weights under their <a href="data/${MTCNN_LICENCE}">licence</a>). Each is cut out, its eyes are levelled, and it becomes 48x48 grey levels: the small picture, which is all that the network sees.</li>
<li>Pictures are searched at up to 800 pixels of their longer side, those of the webcam at ${VIDEO_SIDE}, so that small faces in the webcam's pictures are missed.</li>
<li>ONNX Runtime runs the networks as WebAssembly on one core. The rest is the code of <code>npx ferlab predict</code>. Browsers decode JPEG and colour profiles in their own ways, which changes a probability by less than half a percentage point for most faces; ready crops without loss give the same to four decimals.</li>
</ul>`;
}
