import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../../run/config';
import type { EpochResult, History } from '../../run/history';
import { type Leaf, leafText, leavesByPath } from '../../run/leaves';
import { EventFile, type EventValue } from './event-file';
import { encodeMessage } from './messages';

const ENDING = '.ferlab';

/** TensorFlow's code of float32, in the empty tensor that carries a plugin's data. */
const FLOAT = 1;

/** The hparams plugin's code of a session that ended well. */
const SUCCESS = 1;

/** A picture as PNG. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array;
}

/**
 * A training as TensorBoard shows it: loss, accuracy and learning rate of each epoch, settings, and pictures. Logs of an earlier
 * training in the same folder are replaced: a resumed run writes its first epochs again, to the same values.
 */
export class TrainingLog {
  readonly #file: EventFile;
  #written = 0;

  /** @param folder of this run alone, below the folder that TensorBoard is given */
  constructor(
    folder: string,
    readonly config: RunConfig,
  ) {
    for (const name of existsSync(folder) ? readdirSync(folder) : [])
      if (name.endsWith(ENDING)) rmSync(join(folder, name));
    const started = Date.now() / 1000;
    this.#file = new EventFile(
      join(folder, `events.out.tfevents.${Math.floor(started)}.${process.pid}${ENDING}`),
    );
    this.#file.add(0, [
      plugin('session_start_info', { hparams: hyperparameters(config), start_time_secs: started }),
    ]);
  }

  /** Adds the epochs that are not in the log yet. */
  update(history: History): void {
    for (const result of history.slice(this.#written)) this.#file.add(result.epoch, valuesOf(result));
    this.#written = history.length;
  }

  /** Adds a picture. @param step such as the epoch whose weights it shows */
  addPicture(tag: string, step: number, { width, height, png }: Picture): void {
    this.#file.add(step, [{ tag, image: { width, height, colorspace: 3, encoded_image_string: png } }]);
  }

  /** To be called when the training has ended well. */
  end(): void {
    this.#file.add(0, [plugin('session_end_info', { status: SUCCESS, end_time_secs: Date.now() / 1000 })]);
  }
}

/** Names with one word before the slash share a section in TensorBoard. */
function valuesOf({ loss, valLoss, accuracy, valAccuracy, learningRate }: EpochResult): EventValue[] {
  const values = {
    'loss/training': loss,
    'loss/validation': valLoss,
    'accuracy/training': accuracy,
    'accuracy/validation': valAccuracy,
    'learning rate': learningRate,
  };
  return Object.entries(values).map(([tag, value]) => ({ tag, simple_value: value }));
}

function plugin(kind: 'session_start_info' | 'session_end_info', data: object): EventValue {
  const content = encodeMessage('HParams', { version: 0, [kind]: data });
  return {
    tag: `_hparams_/${kind}`,
    tensor: { dtype: FLOAT, tensor_shape: {}, float_val: [0] },
    metadata: { plugin_data: { plugin_name: 'hparams', content } },
  };
}

/** Every setting of a configuration, in TensorBoard's form. */
function hyperparameters(config: RunConfig): Record<string, object> {
  const leaves = Object.entries(leavesByPath(config));
  return Object.fromEntries(leaves.map(([path, leaf]) => [path, typedValue(leaf)]));
}

function typedValue(leaf: Leaf): object {
  if (typeof leaf === 'number') return { number_value: leaf };
  if (typeof leaf === 'boolean') return { bool_value: leaf };
  return { string_value: leafText(leaf) };
}
