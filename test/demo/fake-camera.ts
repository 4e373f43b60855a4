import { writeFileSync } from 'node:fs';
import { drawPhotograph } from '../../src/dataset/drawn-photograph';

/** Writes a video of one drawn face, 640x480. @returns the arguments with which Chromium takes it for the webcam */
export function fakeCamera(path: string): string[] {
  const { pixels, width, height } = drawPhotograph({ seed: 6, labels: [0] });
  const colours = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), pixels, colours]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(path, Buffer.concat([head, ...new Array(10).fill(frame)]));
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${path}`,
  ];
}
