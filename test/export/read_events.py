"""Prints as JSON what TensorBoard's own reader finds in a folder of events:  python read_events.py FOLDER"""

import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams.metadata import parse_session_end_info_plugin_data, parse_session_start_info_plugin_data

events = EventAccumulator(sys.argv[1], size_guidance={"images": 0, "scalars": 0})
events.Reload()
content = events.PluginTagToContent("hparams")
started = parse_session_start_info_plugin_data(content["_hparams_/session_start_info"])
ended = content.get("_hparams_/session_end_info")
print(
    json.dumps(
        {
            "scalars": {
                tag: [[event.step, event.value] for event in events.Scalars(tag)] for tag in events.Tags()["scalars"]
            },
            "images": {
                tag: [[one.step, one.width, one.height, len(one.encoded_image_string)] for one in events.Images(tag)]
                for tag in events.Tags()["images"]
            },
            "settings": {
                name: getattr(value, value.WhichOneof("kind")) for name, value in sorted(started.hparams.items())
            },
            "ended": ended is not None and parse_session_end_info_plugin_data(ended).status == 1,
        }
    )
)
