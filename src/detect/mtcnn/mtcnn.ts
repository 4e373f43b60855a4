import { Device } from '../../engine/device';
import { InferenceSession } from '../../engine/inference-session';
import type { Face, RgbPicture } from '../face';
import { readWeightFile } from '../weight-files';
import { type Batch, detectInCascade, NETWORKS, type NetworkName } from './cascade';
import { encodeMtcnn, OUTPUT } from './graph';
import { readOnnxWeights } from './weights';

/** MTCNN on TensorFlow. {@link dispose} frees its memory. */
export class Mtcnn {
  readonly #device = new Device();
  readonly #sessions: Readonly<Record<NetworkName, InferenceSession>>;

  private constructor(sessions: (device: Device) => Readonly<Record<NetworkName, InferenceSession>>) {
    this.#sessions = sessions(this.#device);
  }

  /** @throws FerlabError when the set-up has not brought the weights */
  static load(): Mtcnn {
    const encoded = (Object.keys(NETWORKS) as NetworkName[]).map((name) => {
      const file = `${name}.onnx`;
      return [name, encodeMtcnn(name, readOnnxWeights(readWeightFile(file), file))] as const;
    });
    return new Mtcnn(
      (device) =>
        Object.fromEntries(
          encoded.map(([name, model]) => [name, InferenceSession.open(device, model)]),
        ) as Record<NetworkName, InferenceSession>,
    );
  }

  detect(picture: RgbPicture): Promise<Face[]> {
    return detectInCascade(picture, async (network, batch) => this.#run(network, batch));
  }

  #run(network: NetworkName, { values, shape }: Batch): Float32Array {
    return this.#device.guard(() => {
      const input = this.#device.upload(values, shape);
      const output = this.#sessions[network].run(input, OUTPUT);
      const numbers = this.#device.download(output) as Float32Array;
      input.release();
      output.release();
      return numbers;
    });
  }

  dispose(): void {
    for (const session of Object.values(this.#sessions)) session.dispose();
    this.#device.dispose();
  }
}
