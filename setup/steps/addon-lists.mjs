import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../errors.mjs';

// TensorFlow for Node passes on a single text or element type as an attribute of an operation, never a list of them.
// oneDNN's convolution with bias and ReLU asks for such lists.
const LISTS = [
  {
    before: 'case TF_ATTR_STRING: {\n',
    lines: `
      if (IsArray(env, js_value)) {
        std::vector<std::string> texts;
        for (napi_value element : ElementsOf(env, js_value)) {
          std::string text;
          nstatus = GetStringParam(env, element, text);
          ENSURE_NAPI_OK(env, nstatus);
          texts.push_back(text);
        }
        std::vector<const void *> starts;
        std::vector<size_t> lengths;
        for (const std::string &text : texts) {
          starts.push_back(text.data());
          lengths.push_back(text.size());
        }
        TFE_OpSetAttrStringList(tfe_op, attr_name, starts.data(), lengths.data(), static_cast<int>(texts.size()));
        break;
      }
`,
  },
  {
    before: 'case TF_ATTR_TYPE: {\n',
    lines: `
      if (IsArray(env, js_value)) {
        std::vector<TF_DataType> types;
        for (napi_value element : ElementsOf(env, js_value)) {
          int32_t code;
          nstatus = napi_get_value_int32(env, element, &code);
          ENSURE_NAPI_OK(env, nstatus);
          types.push_back(static_cast<TF_DataType>(code));
        }
        TFE_OpSetAttrTypeList(tfe_op, attr_name, types.data(), static_cast<int>(types.size()));
        break;
      }
`,
  },
];
const SIGNATURE = 'void AssignOpAttr(napi_env env, TFE_Op *tfe_op, napi_value attr_value) {\n';
const HELPERS = `// Lists as attributes: added by ferlab.
static bool IsArray(napi_env env, napi_value value) {
  bool is_array = false;
  napi_is_array(env, value, &is_array);
  return is_array;
}

static std::vector<napi_value> ElementsOf(napi_env env, napi_value array) {
  uint32_t length = 0;
  napi_get_array_length(env, array, &length);
  std::vector<napi_value> elements(length);
  for (uint32_t i = 0; i < length; i++) napi_get_element(env, array, i, &elements[i]);
  return elements;
}

`;

/**
 * Teaches the addon's source to pass on lists. Its file is replaced, not changed: it may be shared with other copies of
 * the project.
 * @param folder of the package
 * @throws SetupError if the source is another than the one that this was written for
 */
export function addLists(folder) {
  const path = join(folder, 'binding/tfjs_backend.cc');
  const source = readFileSync(path, 'utf8');
  if (source.includes(HELPERS)) return;
  const places = [SIGNATURE, ...LISTS.map(({ before }) => before)];
  if (places.some((place) => source.split(place).length !== 2))
    throw new SetupError(
      'the source of the TensorFlow addon has changed',
      'install the version of @tensorflow/tfjs-node that package-lock.json names',
    );
  const taught = LISTS.reduce(
    (text, { before, lines }) => text.replace(before, () => before + lines.slice(1)),
    source.replace(SIGNATURE, () => HELPERS + SIGNATURE),
  );
  writeFileSync(`${path}.new`, taught);
  renameSync(`${path}.new`, path);
}
