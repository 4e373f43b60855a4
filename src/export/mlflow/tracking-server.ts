import { z } from 'zod';
import { EXIT, FerlabError } from '../../errors';
import { basicAuthorization, reasonOfFetch } from '../../http';
import { problemsOf } from '../../zod-problems';

const API = '/api/2.0/mlflow';
const ARTIFACTS = '/api/2.0/mlflow-artifacts/artifacts';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Who asks, as MLflow's own clients are told. */
export interface TrackingCredentials {
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** Credentials of `$MLFLOW_TRACKING_TOKEN`, or `$MLFLOW_TRACKING_USERNAME` and `$MLFLOW_TRACKING_PASSWORD`. */
export function trackingCredentials(environment: NodeJS.ProcessEnv = process.env): TrackingCredentials {
  return {
    token: environment.MLFLOW_TRACKING_TOKEN,
    username: environment.MLFLOW_TRACKING_USERNAME,
    password: environment.MLFLOW_TRACKING_PASSWORD,
  };
}

const errorSchema = z.object({ error_code: z.string().optional(), message: z.string().optional() });

/** A tracking server of MLflow, by its REST interface (version 2.0). */
export class TrackingServer {
  readonly #base: URL;
  readonly #headers: Readonly<Record<string, string>>;

  /** @throws FerlabError for an address that is none, or where credentials would travel unencrypted */
  constructor(address: string, credentials: TrackingCredentials = {}) {
    this.#base = addressOf(address);
    this.#headers = authorization(credentials);
    const isOpen = this.#base.protocol === 'http:' && !LOOPBACK.test(this.#base.hostname);
    if (isOpen && this.#headers.authorization)
      throw new FerlabError(`${this.#base.host}: the credentials would travel unencrypted`, {
        remedy: 'use an https address, or unset the MLFLOW_TRACKING variables that hold them',
      });
  }

  /** Where a browser shows a run. */
  pageOf(experiment: string, run: string): string {
    return this.#urlOf(`/#/experiments/${experiment}/runs/${run}`).href;
  }

  /** Answer of a request, or null where what it names does not exist. */
  async get<T>(path: string, parameters: Record<string, string>, schema: z.ZodType<T>): Promise<T | null> {
    const response = await this.#request(`${API}${path}?${new URLSearchParams(parameters)}`, {
      method: 'GET',
    });
    return response.status === 404 ? null : this.#read(response, schema);
  }

  async post<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T> {
    const response = await this.#request(`${API}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
    return this.#read(response, schema);
  }

  /** Stores a file among the artifacts that the server itself keeps. @param path EXPERIMENT/RUN/artifacts/NAME */
  async putArtifact(path: string, content: Uint8Array<ArrayBuffer>): Promise<void> {
    const segments = path.split('/').map(encodeURIComponent).join('/');
    const response = await this.#request(`${ARTIFACTS}/${segments}`, { method: 'PUT', body: content });
    if (!response.ok) throw await this.#refusal(response);
  }

  #urlOf(path: string): URL {
    return new URL(`${this.#base.pathname.replace(/\/$/, '')}${path}`, this.#base);
  }

  async #request(path: string, init: RequestInit): Promise<Response> {
    // A connection that is kept while a picture is drawn may be closed by the server before the next request.
    const headers = { ...init.headers, ...this.#headers, connection: 'close' };
    try {
      return await fetch(this.#urlOf(path), { ...init, headers });
    } catch (error) {
      throw new FerlabError(`no connection to ${this.#base.host}: ${reasonOfFetch(error as Error)}`, {
        remedy: 'check that the server runs, and repeat the command',
        exitStatus: EXIT.failure,
        cause: error,
      });
    }
  }

  async #read<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
    if (!response.ok) throw await this.#refusal(response);
    const result = schema.safeParse(await response.json().catch(() => undefined));
    if (result.success) return result.data;
    throw new FerlabError(`${this.#base.host}: ${problemsOf(result.error, 'answer').join('; ')}`, {
      remedy: 'check that the address is that of an MLflow tracking server',
      exitStatus: EXIT.failure,
    });
  }

  async #refusal(response: Response): Promise<FerlabError> {
    const parsed = errorSchema.safeParse(await response.json().catch(() => ({})));
    const said = parsed.data?.message ?? '';
    const isDenied = response.status === 401 || response.status === 403;
    return new FerlabError(
      `${this.#base.host} answers with status ${response.status}${said && `: ${said}`}`,
      {
        remedy: isDenied
          ? 'set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN'
          : 'check that the address is that of an MLflow tracking server, and see its log',
        exitStatus: EXIT.failure,
      },
    );
  }
}

function addressOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url && /^https?:$/.test(url.protocol) && !url.username) return url;
  throw new FerlabError(`"${address}" is not the address of a tracking server`, {
    remedy: 'give one such as http://127.0.0.1:5000, without a user name',
  });
}

function authorization({ token, username, password }: TrackingCredentials): Record<string, string> {
  if (token) return { authorization: `Bearer ${token}` };
  if (!username || !password) return {};
  return basicAuthorization(username, password);
}
