// The helper module: everything that the notebooks import comes through here.
export * from './dataset/dataset';
export * from './dataset/emotions';
export { FerlabError } from './errors';
