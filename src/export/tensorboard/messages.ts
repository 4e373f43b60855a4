import { parse } from 'protobufjs';

/**
 * The messages that TensorBoard reads, with the field numbers of TensorFlow's event.proto, summary.proto and tensor.proto and of the
 * hparams plugin.
 */
const MESSAGES = `
  syntax = "proto3";
  package board;
  message Dim { int64 size = 1; }
  message Shape { repeated Dim dim = 2; }
  message Tensor { int32 dtype = 1; Shape tensor_shape = 2; repeated float float_val = 5; }
  message PluginData { string plugin_name = 1; bytes content = 2; }
  message Metadata { PluginData plugin_data = 1; }
  message Image { int32 height = 1; int32 width = 2; int32 colorspace = 3; bytes encoded_image_string = 4; }
  message Value {
    string tag = 1; float simple_value = 2; Image image = 4; Tensor tensor = 8; Metadata metadata = 9;
  }
  message Summary { repeated Value value = 1; }
  message Event {
    double wall_time = 1; int64 step = 2;
    oneof what { string file_version = 3; Summary summary = 5; }
  }
  message Setting { oneof kind { double number_value = 2; string string_value = 3; bool bool_value = 4; } }
  message SessionStart { map<string, Setting> hparams = 1; string group_name = 4; double start_time_secs = 5; }
  message SessionEnd { int32 status = 1; double end_time_secs = 2; }
  message HParams {
    int32 version = 1;
    oneof data { SessionStart session_start_info = 3; SessionEnd session_end_info = 4; }
  }
`;

/** The bytes of a message. @param fields in snake case */
export function encodeMessage(name: 'Event' | 'HParams', fields: object): Uint8Array {
  const type = parse(MESSAGES, { keepCase: true }).root.lookupType(`board.${name}`);
  return type.encode(type.fromObject(fields)).finish();
}
